#!/usr/bin/env bash
# tools/embed puts addresses into style sheets, compresses, and refuses what pages could not name.
set -euo pipefail

root=$1
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT

fail()
{
    echo "$*" >&2
    exit 1
}

begin()
{
    rm -rf "$tree/files"
    mkdir -p "$tree/files/fonts"
    printf 'a font' > "$tree/files/fonts/serif.woff2"
    printf 'body{src:url("fonts/serif.woff2");color:red;color:red;color:red}' \
        > "$tree/files/style.css"
}

embed()
{
    "$root/tools/embed" "$@" files "$tree/files" "$tree/files.c" .css .woff2 .svg .ico 2>&1
}

holds()
{
    grep -qF "$1" "$tree/files.c" || fail "expected $1 in: $(cat "$tree/files.c")"
}

refuses()
{
    local words=$1 said

    if said=$(embed --assets); then
        fail "accepted what should be refused: $words"
    fi
    [[ $said == *"$words"* ]] || fail "expected '$words', got: $said"
}

begin
embed --assets
hash=$(sha256sum "$tree/files/fonts/serif.woff2")
tr -d '\n' < "$tree/files.c" | sed 's/" *"//g' > "$tree/joined"
grep -qF "/assets/fonts/serif.${hash:0:16}.woff2" "$tree/joined" ||
    fail "the style sheet does not hold the address of the font"
holds "\"fonts/serif.woff2\""
holds "6, \"${hash%% *}\", NULL, 0 }"
holds "const size_t files_count = 2;"
grep -q '^      [0-9]*, "[0-9a-f]*",$' "$tree/files.c" || fail "the style sheet is not compressed"

embed
tr -d '\n' < "$tree/files.c" | sed 's/" *"//g' > "$tree/joined"
grep -qF 'url(\042fonts/serif.woff2\042)' "$tree/joined" ||
    fail "a file was changed though no assets were asked for"

embed --deps "$tree/files.d"
grep -qF "$tree/files/fonts/serif.woff2" "$tree/files.d" || fail "the font is not in the .d file"
grep -qF "$tree/files/fonts " "$tree/files.d" || fail "the folder is not in the .d file"

printf 'body{src:url(none.svg)}' > "$tree/files/style.css"
refuses 'style.css: url(none.svg) names no picture or font of the folder'

begin
printf 'x' > "$tree/files/serif.svg"
refuses 'share the name serif'

begin
printf 'x' > "$tree/files/serif.ico"
embed --assets > "$tree/said" || fail "refused a .ico: $(cat "$tree/said")"
