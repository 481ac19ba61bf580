#!/usr/bin/env bash
# tools/floors passes the project and refuses each kind of fault in a tree made for that.
set -euo pipefail

root=$1
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree"/src/{base,criteria,store,web,attic}

fail()
{
    echo "$*" >&2
    exit 1
}

# Writes LINES to FILE, alone in the tree, and expects the words in what floors says against it.
refuses()
{
    local file=$1 lines=$2 words=$3 said

    printf '%b' "$lines" > "$tree/src/$file"
    if said=$("$root/tools/floors" "$tree" 2>&1); then
        fail "accepted in $file: $lines"
    fi
    [[ $said == *"$words"* ]] || fail "expected '$words' of $file, got: $said"
    rm "$tree/src/$file"
}

accepts()
{
    local file=$1 lines=$2 said

    printf '%b' "$lines" > "$tree/src/$file"
    said=$("$root/tools/floors" "$tree" 2>&1) || fail "refused in $file: $said"
    rm "$tree/src/$file"
}

"$root/tools/floors" "$root" || fail "the project does not keep to its floors"

accepts criteria/a.c '#include "criteria/a.h"\n\n#include <stdio.h>\n\n#include "base/str.h"\n'
accepts criteria/a.c '// #include "web/a.h"\nint include;\n'
accepts main.c '#include "web/route.h"\n#include "cli/command.h"\n'
accepts store/a.c '#include <sqlite3.h>\n#include <sys/stat.h>\n'

refuses criteria/a.c 'int x;\n#include "store/store.h"\n' 'src/criteria/a.c:2: store/store.h'
refuses base/a.h '#include "criteria/a.h"\n' 'src/base/a.h:1: criteria/a.h'
refuses criteria/a.c '#  include <openssl/evp.h>\n' 'src/criteria/a.c:1: openssl/evp.h is of libcrypto'
refuses base/a.c '#include <jansson.h>\n' 'jansson.h is of jansson, which base may not use'
refuses web/a.c '#include "cli/command.h"\n' 'cli/command.h is of cli, which web may not include'
refuses criteria/a.c '#include "a.h"\n' 'a.h is not written as a path from src/'
refuses criteria/a.c '#include "base/../store/a.h"\n' 'is not written as a path from src/'
refuses criteria/a.c '#include <glib.h>\n' 'glib.h is of no library'
refuses criteria/a.c '#include HEADER\n' "HEADER is not a header's name"
refuses attic/a.c 'int x;\n' 'src/attic/a.c:1: stands in no room'
refuses other.c 'int x;\n' 'src/other.c:1: stands in no room'

if "$root/tools/floors" "$tree" 2> /dev/null; then
    fail "accepted a tree without sources"
fi
