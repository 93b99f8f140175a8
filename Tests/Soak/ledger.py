"""What the clients of a soak were promised. Written by many threads; each entry by one of them."""

import random
import string
import threading
import uuid


def new_id(now, rnd):
    """A UUIDv7 of that moment (RFC 9562, section 5.7)."""
    number = int(now * 1000) << 80 | 0x7 << 76 | rnd.getrandbits(12) << 64 | 0x2 << 62 | rnd.getrandbits(62)
    return str(uuid.UUID(int=number))


def words(rnd, count):
    """Prose that no other has five words in a row of, and that no rule of the scrubber takes for anything."""
    return " ".join("".join(rnd.choices(string.ascii_lowercase, k=rnd.randint(3, 9))) for _ in range(count))


class Record:
    def __init__(self, user, session, example_id, marker):
        self.user, self.session, self.example_id, self.marker = user, session, example_id, marker
        self.score = 0


class Ledger:
    def __init__(self):
        self.lock = threading.Lock()
        # By id: acknowledged, and nobody asked to have them erased.
        self.stored = {}
        # Ids and markers that a receipt says are gone, and ids that were refused.
        self.erased_ids, self.erased_markers, self.erased_users = set(), set(), set()
        self.refused_markers = set()
        # Of records that are kept but must be in no dataset made later.
        self.untrained_markers = set()
        self.failures = []
        self.counts = {}

    def fail(self, what):
        with self.lock:
            if len(self.failures) < 20:
                self.failures.append(what)

    def count(self, name, by=1):
        with self.lock:
            self.counts[name] = self.counts.get(name, 0) + by

    def keep(self, record):
        with self.lock:
            self.stored[record.example_id] = record

    def erase(self, user, ids, markers):
        with self.lock:
            self.erased_users.add(user)
            self.erased_ids |= set(ids)
            self.erased_markers |= set(markers)
            for example_id in ids:
                self.stored.pop(example_id, None)


def body(record, rnd, secret=None):
    """In either form that the service takes."""
    question = f"How is {record.marker} meant? {words(rnd, 12)}"
    answer = f"{words(rnd, 30)} {record.marker}." + (f" Write to {secret} then." if secret else "")
    sent = {"user_id": record.user, "session_id": record.session}
    if rnd.random() < 0.3:
        sent["messages"] = [{"role": "user", "content": question}, {"role": "assistant", "content": answer}]
    else:
        sent |= {"user_message": question, "assistant_message": answer}
    return sent


def seeded(seed, name):
    return random.Random(f"{seed} {name}")
