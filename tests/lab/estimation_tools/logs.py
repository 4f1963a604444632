# SPDX-License-Identifier: Apache-2.0
"""What servers logged: who asked when, from which port."""

import re
from collections import defaultdict
from datetime import datetime

_DNSDIST = re.compile(r"^\[?([\d.]+)\]? ?.*Packet from ([\d.]+):(\d+) ")
_NAMED = re.compile(r"^(\S+Z) client @\S+ ([\d.]+)#(\d+) \(.*\): query: ")


def queries_by_port(dnsdist, named):
    """Seconds since 1970 of each query, by address and port of the client."""
    times = defaultdict(list)
    for path, pattern, seconds in ((dnsdist, _DNSDIST, float), (named, _NAMED, _instant)):
        if not path.exists():
            continue
        with open(path, encoding="utf-8", errors="replace") as lines:
            for line in lines:
                if match := pattern.match(line):
                    times[match[2], int(match[3])].append(seconds(match[1]))
    return times


def _instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()
