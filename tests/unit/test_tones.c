#include "cli/tones.h"

#include "unit.h"

/* Only nothing is empty, and only all is full. */
static void rings_have_five_states(void **state)
{
    static const struct {
        int permille;
        const char *ring;
        const char *bar;
    } rows[] = {
        { 0, "\u25cb", "[    ]" },   { 1, "\u25d4", "[=   ]" },    { 374, "\u25d4", "[=   ]" },
        { 375, "\u25d1", "[==  ]" }, { 624, "\u25d1", "[==  ]" },  { 625, "\u25d5", "[=== ]" },
        { 999, "\u25d5", "[=== ]" }, { 1000, "\u25cf", "[====]" },
    };
    struct output utf8 = { .utf8 = true };
    struct output ascii = { .utf8 = false };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        check_str(ring_sign(&utf8, rows[i].permille), rows[i].ring);
        check_str(ring_sign(&ascii, rows[i].permille), rows[i].bar);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rings_have_five_states),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
