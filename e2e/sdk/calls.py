"""Each call of the vendor's Python library once, against a hub that runs.

Reads one JSON object per line, {"call": NAME, "args": [..]}, and writes {"answer": ..} or {"error": CLASS, "message": ..} for each.
Knows the library, nothing of what is expected.
"""

import json
import sys

import pusher


def main():
    host, port = sys.argv[1], int(sys.argv[2])
    client = pusher.Pusher(
        app_id="1",
        key="key",
        secret="secret",
        ssl=False,
        host=host,
        port=port,
        encryption_master_key_base64="AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    )
    for line in sys.stdin:
        question = json.loads(line)
        try:
            answer = {"answer": getattr(client, question["call"])(*question["args"])}
        except Exception as error:  # Whatever the library raises is an outcome.
            answer = {"error": type(error).__name__, "message": str(error)}
        print(json.dumps(answer), flush=True)


main()
