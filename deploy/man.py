#!/usr/bin/env python3
"""cerberus(1) in mdoc, from what the binary itself says of its commands: man.py BINARY [YYYY-MM-DD] >cerberus.1"""

import json
import re
import subprocess
import sys
from datetime import date

EXITS = [
    (0, "Done."), (1, "Failed."), (64, "Usage: an unknown command or a bad option."),
    (65, "Bad data: a damaged line, a receipt that was not signed here, an archive that is none."),
    (69, "No server answers, or one is there and silent."), (74, "An I/O error, such as a full disk or a reader that is gone."),
    (75, "Try later: another process holds the data directory."), (78, "Bad configuration."),
]


def escaped(text):
    """Text for a line of its own: no request at its start, no escape within."""
    text = " ".join(text.split()).replace("\\", "\\e").replace("-", "\\-")
    # The sign for an ellipsis and others are known to every formatter of today (UTF-8 input).
    return "\\&" + text if text[:1] in (".", "'") else text


def sentences(text):
    return "\n".join(escaped(one) for one in re.split(r"(?<=[.;]) +(?=[A-Z])", " ".join(text.split())) if one)


def names(argument):
    if argument["kind"] == "positional":
        return ".It Ar " + argument["valueName"]
    spelled = []
    for name in argument.get("names", []):
        flag = "Fl \\-" + name["name"].replace("-", "\\-") if name["kind"] == "long" else "Fl " + name["name"]
        if argument["kind"] == "option":
            flag += " Ar " + argument["valueName"]
        spelled.append(flag)
    return ".It " + " , ".join(spelled)


def options(arguments):
    shown = [one for one in arguments if one.get("shouldDisplay", True) and one["kind"] in ("option", "flag", "positional")
             and not any(name["name"] in ("help", "version", "h") for name in one.get("names", []))]
    if not shown:
        return []
    lines = [".Bl -tag -width Ds"]
    for one in shown:
        lines += [names(one), sentences(one.get("abstract") or one["valueName"])]
    return lines + [".El"]


def commands(command, prefix=()):
    for sub in command.get("subcommands", []):
        if sub["commandName"] == "help":
            continue
        path = (*prefix, sub["commandName"])
        yield path, sub
        yield from commands(sub, path)


def page(root, day):
    lines = [
        ".\\\" Made by deploy/man.py from the commands of the binary.", f".Dd {day:%B} {day.day}, {day.year}",
        ".Dt CERBERUS 1", ".Os", ".Sh NAME", ".Nm cerberus",
        ".Nd " + escaped(root["abstract"].rstrip(".")[0].lower() + root["abstract"].rstrip(".")[1:]),
        ".Sh SYNOPSIS", ".Nm", ".Ar command", ".Op Ar options",
        ".Sh DESCRIPTION", "Every option can also come from the environment or from a file;",
        "a flag is stronger than the environment, the environment than the file.",
        "Reports are tables, or JSON with", ".Fl \\-json .", "Data go to standard output, everything else to standard error.",
        "Commands work beside a running server, which they ask through its control socket.", ".Sh COMMANDS",
    ]
    for path, command in commands(root):
        lines += [".Ss cerberus " + escaped(" ".join(path)), sentences(command.get("abstract", ""))]
        if command.get("discussion"):
            lines += [".Pp", sentences(command["discussion"])]
        lines += options(command.get("arguments", []))
    lines += [".Sh ENVIRONMENT", "Options are read from variables named after them,", ".Ev CERBERUS_DATA_DIR",
              "and so on.", ".Ev CERBERUS_SERVER_TIMEOUT",
              "is for how many seconds (5) a running server may be silent before a command gives it up.",
              ".Ev NO_COLOR", "turns colours off.", ".Sh EXIT STATUS", ".Bl -tag -width Ds"]
    for code, meaning in EXITS:
        lines += [f".It {code}", sentences(meaning)]
    lines += [".El", ".Sh SEE ALSO", ".Xr systemd.service 5"]
    return "\n".join(lines) + "\n"


def main():
    told = subprocess.run([sys.argv[1], "--experimental-dump-help"], check=True, capture_output=True).stdout
    day = date.fromisoformat(sys.argv[2]) if len(sys.argv) > 2 else date.today()
    sys.stdout.write(page(json.loads(told)["command"], day))


if __name__ == "__main__":
    main()
