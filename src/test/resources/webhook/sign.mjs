// Signs what stands on standard input as Listrak's JavaScript sample does: hex. Arguments: secret, timestamp.
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';

const [secret, timestamp] = process.argv.slice(2);
const body = readFileSync(0);
process.stdout.write(createHmac('sha256', secret).update(Buffer.concat([body, Buffer.from(timestamp)])).digest('hex'));
