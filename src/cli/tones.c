#include "cli/tones.h"

struct str ring_sign(const struct output *out, int permille)
{
    static const char *const rings[] = { "\u25cb", "\u25d4", "\u25d1", "\u25d5", "\u25cf" };
    static const char *const bars[] = { "[    ]", "[=   ]", "[==  ]", "[=== ]", "[====]" };
    int quarters = 4;

    if (permille <= 0)
        quarters = 0;
    else if (permille < 375)
        quarters = 1;
    else if (permille < 625)
        quarters = 2;
    else if (permille < 1000)
        quarters = 3;
    return str_from_c(out->utf8 ? rings[quarters] : bars[quarters]);
}

enum tone verdict_tone(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_ELIGIBLE:
        return TONE_GOOD;
    case VERDICT_REFER:
        return TONE_WAIT;
    case VERDICT_BARRED:
        return TONE_BAD;
    case VERDICT_NOT_YET:
    case VERDICT_UNAVAILABLE:
        break;
    }
    return TONE_STRONG;
}

enum tone finding_tone(enum finding finding)
{
    static const enum tone tones[] = {
        [NOT_YET] = TONE_PLAIN,
        [REFER] = TONE_WAIT,
        [MET] = TONE_GOOD,
    };

    return tones[finding];
}
