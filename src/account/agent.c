/* What browser a session is in, as far as its owner needs to know it again (session.h). */
#include "account/session.h"

static bool holds(struct str text, const char *word)
{
    struct str part = str_from_c(word);

    for (size_t i = 0; i + part.n <= text.n; i++) {
        if (str_starts(str_drop(text, i), part))
            return true;
    }
    return false;
}

struct mark {
    const char *word; /* in the header */
    const char *name;
};

/* In this order: most browsers also name those whom they resemble. */
static const struct mark browsers[] = {
    { "Firefox/", "Firefox" },
    { "FxiOS/", "Firefox" },
    { "Edg", "Edge" },
    { "OPR/", "Opera" },
    { "SamsungBrowser/", "Samsung Internet" },
    { "CriOS/", "Chrome" },
    { "Chromium/", "Chromium" },
    { "Chrome/", "Chrome" },
    { "Safari/", "Safari" },
    { "curl/", "curl" },
};
static const struct mark platforms[] = {
    { "Android", "Android" }, { "iPhone", "iPhone" },   { "iPad", "iPad" },
    { "Windows", "Windows" }, { "Macintosh", "macOS" }, { "CrOS", "ChromeOS" },
    { "Linux", "Linux" },
};

static const char *find(struct str agent, const struct mark *marks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (holds(agent, marks[i].word))
            return marks[i].name;
    }
    return NULL;
}

struct str agent_family(struct arena *arena, struct str agent)
{
    const char *browser = find(str_take(agent, 500), browsers, ARRAY_LEN(browsers));
    const char *platform = find(str_take(agent, 500), platforms, ARRAY_LEN(platforms));

    if (!browser && !platform)
        return STR("an unknown browser");
    if (!platform)
        return str_from_c(browser);
    return str_format(arena, "%s on %s", browser ? browser : "a browser", platform);
}
