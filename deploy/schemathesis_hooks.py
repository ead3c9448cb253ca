# What Schemathesis cannot know of the schema: how its scalars are written, where real ids are, and what an answer
# may never hold although its status is 200.
import json
import os

import schemathesis
from hypothesis import strategies
from schemathesis.graphql import nodes

IDS = json.loads(os.environ["PLUMBLINE_IDS"])
INSIDE = ("internal error", "panicked", "sqlx", "relation \"", "violates", "::", "/src/")


def texts(values):
    return values.map(nodes.String)


schemathesis.graphql.scalar("ID", texts(strategies.one_of(strategies.sampled_from(IDS), strategies.text(max_size=40))))
schemathesis.graphql.scalar("Decimal", texts(strategies.one_of(strategies.decimals(allow_nan=False, places=2).map(str), strategies.text(max_size=50))))
schemathesis.graphql.scalar("Date", texts(strategies.dates().map(str)))
schemathesis.graphql.scalar("DateTime", texts(strategies.datetimes().map(lambda at: f"{at.isoformat()}Z")))
schemathesis.graphql.scalar("JSON", texts(strategies.text(max_size=40)))


# Schemathesis's own check takes every error of a field for a server's, also "there is no such thing here".
@schemathesis.check
def served(_context, response, _case):
    assert response.status_code < 500, f"status {response.status_code}"


@schemathesis.check
def nothing_of_the_inside(_context, response, case):
    # What was sent may come back in words about it.
    sent = str(case.body).lower()
    words = [word for word in INSIDE if word not in sent]
    errors = (response.json().get("errors") or []) if response.status_code == 200 else []
    for error in errors:
        message = error.get("message", "")
        coded = (error.get("extensions") or {}).get("code") == "internal"
        assert not coded and not any(word in message.lower() for word in words), message
