#include "http/address_counts.h"

#include <stdio.h>

#include "unit.h"

static struct address parsed(const char *text)
{
    struct address address;

    if (!address_parse(str_from_c(text), &address))
        fail_msg("%s was not understood", text);
    return address;
}

static void counts_connections_of_each_network(void **state)
{
    struct address_counts *counts = address_counts_new(3);
    struct address a = parsed("192.0.2.1");
    struct address b = parsed("192.0.2.2");

    (void)state;
    assert_int_equal(address_counts_enter(counts, a), 1);
    assert_int_equal(address_counts_enter(counts, a), 2);
    assert_int_equal(address_counts_enter(counts, b), 1);
    assert_true(address_counts_enter(counts, b) == SIZE_MAX);
    address_counts_leave(counts, a);
    assert_int_equal(address_counts_enter(counts, b), 2);
    address_counts_free(counts);
}

#define NETWORKS 200

/* The counts stay right while networks come and go, whatever places they share. */
static void counts_stay_right_as_networks_come_and_go(void **state)
{
    struct address_counts *counts = address_counts_new(NETWORKS * 3);
    struct address networks[NETWORKS];
    size_t expected[NETWORKS] = { 0 };
    uint32_t dice = 7;

    (void)state;
    for (size_t i = 0; i < NETWORKS; i++) {
        char text[32];

        snprintf(text, sizeof(text), "192.0.2.%zu", i);
        networks[i] = parsed(text);
    }
    for (size_t round = 0; round < 20000; round++) {
        size_t i;

        dice = dice * 1664525 + 1013904223;
        i = (dice >> 16) % NETWORKS;
        if (expected[i] < 3) {
            assert_int_equal(address_counts_enter(counts, networks[i]), ++expected[i]);
        } else {
            while (expected[i] > 0) {
                address_counts_leave(counts, networks[i]);
                expected[i]--;
            }
        }
    }
    address_counts_free(counts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_connections_of_each_network),
        cmocka_unit_test(counts_stay_right_as_networks_come_and_go),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
