# Signs what stands on standard input as Listrak's Python sample does: base64. Arguments: secret, timestamp.
import base64
import hashlib
import hmac
import sys

secret, timestamp = sys.argv[1:3]
body = sys.stdin.buffer.read()
digest = hmac.new(secret.encode("utf-8"), body + timestamp.encode("ascii"), hashlib.sha256).digest()
print(base64.b64encode(digest).decode("ascii"), end="")
