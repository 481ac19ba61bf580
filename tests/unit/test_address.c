#include "http/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "unit.h"

static struct address parsed(const char *text)
{
    struct address address;

    if (!address_parse(str_from_c(text), &address))
        fail_msg("%s was not understood", text);
    return address;
}

static void check_text(struct address address, const char *expected)
{
    char text[ADDRESS_TEXT_SIZE];

    assert_string_equal(address_text(address, text), expected);
}

static void reads_and_writes_addresses(void **state)
{
    (void)state;
    check_text(parsed("192.0.2.1"), "192.0.2.1");
    check_text(parsed("2001:DB8:0:0::5"), "2001:db8::5");
    check_text(parsed("::ffff:192.0.2.1"), "192.0.2.1");
    check_text((struct address){ .family = FAMILY_NONE }, "-");
}

static void refuses_what_is_no_address(void **state)
{
    static const struct str texts[] = {
        STR(""),
        STR("192.0.2"),
        STR("192.0.2.1:80"),
        STR("[::1]"),
        STR("localhost"),
        STR("192.0.2.1 "),
        STR("192.0.2.256"),
        STR("192.0.2.1\0"),
        STR("1::2::3"),
        STR("1111:1111:1111:1111:1111:1111:1111:1111:1111:1111"),
    };
    struct address address;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        if (address_parse(texts[i], &address))
            fail_msg("text %zu was understood", i);
    }
}

static void knows_this_machine(void **state)
{
    (void)state;
    assert_true(address_is_loopback(parsed("127.8.0.1")));
    assert_true(address_is_loopback(parsed("::1")));
    assert_true(address_is_loopback(parsed("::ffff:127.0.0.1")));
    assert_false(address_is_loopback(parsed("::2")));
    assert_false(address_is_loopback(parsed("128.0.0.1")));
    assert_false(address_is_loopback((struct address){ .family = FAMILY_NONE }));
}

static void cuts_addresses(void **state)
{
    (void)state;
    check_text(address_network(parsed("192.0.2.77")), "192.0.2.77");
    check_text(address_network(parsed("2001:db8:1:2:3:4:5:6")), "2001:db8:1:2::");
    check_text(address_blurred(parsed("192.0.2.77")), "192.0.2.0");
    check_text(address_blurred(parsed("2001:db8:1:2:3:4:5:6")), "2001:db8:1::");
}

static void takes_addresses_from_sockets(void **state)
{
    struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(0xc0000201) };
    struct sockaddr_in6 v6 = { .sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT };
    struct sockaddr other = { .sa_family = AF_UNIX };

    (void)state;
    check_text(address_of((struct sockaddr *)&v4), "192.0.2.1");
    check_text(address_of((struct sockaddr *)&v6), "::1");
    check_text(address_of(&other), "-");
    check_text(address_of(NULL), "-");
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
        cmocka_unit_test(reads_and_writes_addresses),
        cmocka_unit_test(refuses_what_is_no_address),
        cmocka_unit_test(knows_this_machine),
        cmocka_unit_test(cuts_addresses),
        cmocka_unit_test(takes_addresses_from_sockets),
        cmocka_unit_test(counts_connections_of_each_network),
        cmocka_unit_test(counts_stay_right_as_networks_come_and_go),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
