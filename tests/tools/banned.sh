#!/usr/bin/env bash
# None of the banned functions compiles in a room, and what takes their place does.
# Usage: banned.sh ROOT COMPILER...
set -euo pipefail

root=$1
shift
compiler=("$@")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

compiles()
{
    printf '%s\n' "$1" > "$work/a.c"
    "${compiler[@]}" -std=gnu17 -D_GNU_SOURCE -I"$root/src" -include base/banned.h "${@:2}" \
        -c "$work/a.c" -o "$work/a.o" 2> "$work/said"
}

fail()
{
    echo "$*" >&2
    cat "$work/said" >&2
    exit 1
}

for level in -O0 '-O2 -D_FORTIFY_SOURCE=3'; do
    read -ra flags <<< "$level"
    for name in atoi atol atoll atof strtol strtoll strtoul strtoull strcpy stpcpy strncpy strcat \
        strncat sprintf vsprintf strtok gmtime localtime asctime ctime system popen \
        malloc calloc realloc reallocarray free strdup strndup asprintf vasprintf; do
        if compiles "void *taken(void); void *taken(void) { return (void *)$name; }" \
            "${flags[@]}"; then
            fail "$name compiles with $level"
        fi
        grep -qE "attempt to use (poisoned \"$name\"|a poisoned identifier)" "$work/said" ||
            fail "$name is refused for another reason"
    done

    compiles '#include <setjmp.h>
#include <unistd.h>
#include "base/str.h"
int same(const char *a, const char *b);
int same(const char *a, const char *b) { return str_eq_c(str_from_c(a), b); }' "${flags[@]}" ||
        fail "an ordinary source does not compile with $level"
    compiles 'void *taken(void); void *taken(void) { return malloc(1); }' \
        -DASSAY_ALLOCATES "${flags[@]}" || fail "base cannot allocate with $level"
done
