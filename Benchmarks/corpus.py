"""Makes the corpus of `curate.py`: a data directory full of conversations, and a truth file with the twins among them.

Code and prose come from the source trees of the Python that runs this (its library, and what is installed beside it),
so that nothing of others is kept in this project. Every longer line is used once; where the trees end, they begin anew
with other words, so that two texts that were not made alike have next to nothing in common. The same trees, seed and
number of records give the same bytes.

The truth file: a line of JSON for each pair, `{"kind": "exact"|"near"|"hard", "a": row, "b": row, "jaccard": j}`, with the
exact Jaccard of word 5-shingles over question and answer, by the definition of the README. Rows count from 0 in the order
of the day files."""
import collections, contextlib, datetime, hashlib, json, pathlib, random, re, subprocess, sysconfig, tempfile

EXACT, NEAR, HARD = 0.12, 0.12, 0.06
THRESHOLD = 0.75
NEAR_JACCARD, HARD_JACCARD = (0.76, 0.96), (0.40, 0.60)
# Texts of fewer words cannot be changed a little.
WORDS_MIN = 80
DAYS, FIRST_DAY = 30, datetime.date(2026, 1, 5)
SUFFIXES = {".py", ".pyi", ".h", ".md", ".rst", ".txt"}
WORD = re.compile(r"\w+")
Record = collections.namedtuple("Record", "question answer")
# Lines of code that wait for an answer to stand in. Prose is rarer, so that without a bound they would fill the memory.
CODE_MAX = 1_000_000


class Shelf:
    """Records in a file, so that a million of them need no memory."""

    def __init__(self):
        self.file, self.end = tempfile.TemporaryFile(), 0

    def put(self, record):
        """Where it is."""
        data = json.dumps(record).encode()
        self.file.seek(self.end)
        self.file.write(data)
        self.end += len(data)
        return self.end - len(data), len(data)

    def get(self, place):
        self.file.seek(place[0])
        return Record(*json.loads(self.file.read(place[1])))


def words(text):
    return [word.lower() for word in WORD.findall(text)]


def shingles(record):
    """The set of runs of five words, or of all where there are fewer."""
    found = words(record.question) + words(record.answer)
    return {tuple(found[at : at + 5]) for at in range(max(1, len(found) - 4))} if found else set()


def jaccard(a, b):
    return len(a & b) / len(a | b) if a or b else 0.0


def lines(seed):
    """Lines of source trees without end, and whether they are prose: each longer line once, and in every lap but the first
    with new words."""
    roots = {sysconfig.get_paths()["stdlib"], sysconfig.get_paths()["purelib"]}
    files = sorted({path for root in roots for path in pathlib.Path(root).rglob("*") if path.suffix in SUFFIXES})
    random.Random(seed).shuffle(files)
    lap = 0
    while True:
        seen, count = set(), 0
        for file in files:
            try:
                text = file.read_text(encoding="utf-8", errors="strict")
            except (OSError, UnicodeError):
                continue
            for line in text[:400_000].splitlines():
                line = line.replace("\0", "").rstrip()
                key = hash(line)
                if len(line) > 300 or (len(line) > 24 and key in seen):
                    continue
                seen.add(key)
                count += 1
                # New words look like code.
                yield line if lap == 0 else renamed(line, lap, count), is_prose(line)
        lap += 1


def renamed(line, lap, count):
    """Every third word gets an ending that no other place has, so that no five words in a row are the same."""
    at = iter(range(count % 3, 10_000))
    return WORD.sub(lambda found: f"{found[0]}_{lap}{count:x}" if next(at) % 3 == 0 else found[0], line)


def is_prose(line):
    text = line.strip()
    return len(text) > 40 and text.count(" ") > 5 and sum(c.isalpha() or c in " ,." for c in text) > 0.9 * len(text)


def originals(source, rnd):
    """Conversations of about 2 KB: questions of prose, now and then with a snippet; answers of code and prose."""
    prose, code = collections.deque(), collections.deque()

    def take(queue, characters):
        taken = []
        while characters > 0:
            while not queue:
                line, prosaic = next(source)
                (prose if prosaic else code).append(line)
                if len(prose) > 20_000:
                    prose.popleft()
                if len(code) > CODE_MAX:
                    code.popleft()
            taken.append(queue.popleft())
            characters -= len(taken[-1]) + 1
        return "\n".join(taken)

    while True:
        size = min(max(rnd.lognormvariate(7.2, 0.6), 300), 12_000)
        question = take(prose, rnd.choice([60, 120, 240]))
        if rnd.random() < 0.3:
            question += "\n\n```\n" + take(code, 0.25 * size) + "\n```"
        answer = take(prose, 0.15 * size) + "\n\n```python\n" + take(code, 0.7 * size) + "\n```"
        if rnd.random() < 0.5:
            answer += "\n\n" + take(prose, 0.1 * size)
        yield Record(question, answer)


def scrubbed(binary, records):
    """As the collector would have stored them: the curator's second scrub must find nothing that the first would have."""
    text = "".join(json.dumps({"text": part}) + "\n" for record in records for part in record)
    run = subprocess.run([binary, "scrub", "--jsonl"], input=text.encode(), stdout=subprocess.PIPE, check=True)
    parts = [json.loads(line)["text"] for line in run.stdout.splitlines()]
    return [Record(*pair) for pair in zip(parts[::2], parts[1::2], strict=True)]


def altered(record, bounds, rnd):
    """A twin with other words here and there, and its Jaccard, which lies within the bounds; None where none was found."""
    original = shingles(record)
    for _ in range(8):
        wanted = rnd.uniform(*bounds)
        # A changed word takes five shingles away and brings five: J = (n - 5k) / (n + 5k).
        changes = max(1, round(len(original) * (1 - wanted) / (5 * (1 + wanted))))
        answer_words = list(WORD.finditer(record.answer))
        if len(answer_words) < changes:
            return None
        answer, end = [], 0
        for number in sorted(rnd.sample(range(len(answer_words)), changes)):
            found = answer_words[number]
            answer += [record.answer[end : found.start()], f"alt{rnd.getrandbits(40):x}q"]
            end = found.end()
        twin = Record(record.question, "".join(answer) + record.answer[end:])
        similarity = jaccard(original, shingles(twin))
        if bounds[0] <= similarity <= bounds[1]:
            return twin, similarity
    return None


def family(record, rnd, shares):
    """A record, what was made of it, and the truth about that: `[(record, kind, jaccard), …]`, the original first."""
    members = [(record, "original", 1.0)]
    kind = rnd.choices(["none", "exact", "near", "hard"], shares)[0]
    if kind == "exact":
        members += [(record, "exact", 1.0)] * rnd.choice([1, 1, 2, 3])
    elif kind != "none" and len(words(record.question + " " + record.answer)) >= WORDS_MIN:
        for _ in range(rnd.choice([1, 1, 2]) if kind == "near" else 1):
            made = altered(record, NEAR_JACCARD if kind == "near" else HARD_JACCARD, rnd)
            if made:
                members.append((made[0], kind, made[1]))
    return members


def shares_of_families():
    """Of families that give the shares of records above, with 1.75 copies and 1.33 twins in a family on average."""
    base = 1 - EXACT - NEAR - HARD
    exact, near, hard = EXACT / 1.75 / base, NEAR / 1.33 / base, HARD / base
    return [1 - exact - near - hard, exact, near, hard]


def members(count, more, seed, scrub, shelf):
    """`count` records and `more` with their families: twice `[(place, family, kind, jaccard), …]` in a shuffled order.

    `scrub` takes a list of records and gives them as they would be stored; the place is the one on the shelf."""
    rnd = random.Random(seed)
    source, shares = originals(lines(seed), rnd), shares_of_families()
    found, number = [], 0
    while len(found) < count + more:
        for record in scrub([next(source) for _ in range(min(2_000, count + more))]):
            found += [(shelf.put(made), number, kind, like) for made, kind, like in family(record, rnd, shares)]
            number += 1
    # Originals come first in their families, so that none of the first part has its original in the second.
    parts = found[:count], found[count : count + more]
    for part in parts:
        rnd.shuffle(part)
    return parts


def uuid7(milliseconds, rnd):
    value = milliseconds << 80 | 0x7 << 76 | rnd.getrandbits(12) << 64 | 0b10 << 62 | rnd.getrandbits(62)
    text = f"{value:032x}"
    return "-".join([text[:8], text[8:12], text[12:16], text[16:20], text[20:]])


def stored(record, milliseconds, rnd):
    user = rnd.randrange(2_500)
    moment = datetime.datetime.fromtimestamp(milliseconds / 1000, datetime.timezone.utc)
    hexadecimal = lambda text: hashlib.sha256(text.encode()).hexdigest()[:16]
    return {
        "example_id": uuid7(milliseconds, rnd),
        "timestamp": moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{milliseconds % 1000:03}Z",
        "user_id": hexadecimal(f"user {user}"), "session_id": hexadecimal(f"session {user} {milliseconds >> 23}"),
        "user_message": record.question, "assistant_message": record.answer, "history": [], "context": None,
        "language": "python", "framework": "", "complexity": "", "model": "m", "variant": "", "redactions": {},
        "idempotency": "",
    }  # fmt: skip


def encoded(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def rating(line, rnd):
    """Two in five are rated, most of them well."""
    if rnd.random() > 0.4:
        return ""
    score = rnd.choices([1, 2, 3, 4, 5], [3, 4, 8, 35, 50])[0]
    return encoded({"example_id": line["example_id"], "score": score, "timestamp": line["timestamp"]})


def make(folder, count, seed, scrub, more=0):
    """Writes day files and ratings below `folder`, `truth.jsonl`, and `more.jsonl` with `more` records of a later day.

    Returns the bytes of the day files, and the name of the file that the later day would have."""
    logs = pathlib.Path(folder, "training_logs")
    logs.mkdir(parents=True, exist_ok=True)
    rnd, shelf = random.Random(seed + 1), Shelf()
    found, later_ones = members(count, more, seed, scrub, shelf)
    start = int(datetime.datetime.combine(FIRST_DAY, datetime.time(), datetime.timezone.utc).timestamp() * 1000)
    with contextlib.ExitStack() as files:
        create = lambda path: files.enter_context(open(path, "w", encoding="utf-8"))
        ratings, days = create(logs / "feedback.jsonl"), {}
        for row, (place, *_) in enumerate(found):
            line = stored(shelf.get(place), start + row * DAYS * 86_400_000 // count, rnd)
            day = line["timestamp"][:10]
            if day not in days:
                days[day] = create(logs / f"conversations_{day}.jsonl")
            days[day].write(encoded(line))
            ratings.write(rating(line, rnd))
        rest = create(pathlib.Path(folder, "more.jsonl"))
        for row, (place, *_) in enumerate(later_ones):
            rest.write(encoded(stored(shelf.get(place), start + DAYS * 86_400_000 + row, rnd)))
    later = FIRST_DAY + datetime.timedelta(days=DAYS)
    write_truth(pathlib.Path(folder, "truth.jsonl"), found)
    size = sum(path.stat().st_size for path in logs.glob("conversations_*.jsonl"))
    return size, f"conversations_{later}.jsonl"


def write_truth(path, found):
    originals = {family: row for row, (_, family, kind, _) in enumerate(found) if kind == "original"}
    with open(path, "w", encoding="utf-8") as file:
        for row, (_, family, kind, similarity) in enumerate(found):
            if kind != "original" and family in originals:
                pair = {"kind": kind, "a": originals[family], "b": row, "jaccard": round(similarity, 6)}
                file.write(encoded(pair))
