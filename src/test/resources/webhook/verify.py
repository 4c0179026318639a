# Checks a webhook as a third party would, after the Standard Webhooks specification, and says "genuine" if it is.
# On standard input the body; arguments: secret, webhook-id, webhook-timestamp, webhook-signature.
import base64
import hashlib
import hmac
import sys

secret, message_id, timestamp, signatures = sys.argv[1:5]
body = sys.stdin.buffer.read()
key = base64.b64decode(secret.removeprefix("whsec_"))
signed = f"{message_id}.{timestamp}.".encode() + body
expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
genuine = any(hmac.compare_digest(expected, given[3:]) for given in signatures.split(" ") if given.startswith("v1,"))
print("genuine" if genuine else "forged", end="")
