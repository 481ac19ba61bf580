#include "web/process.h"

#include <string.h>

#include "base/arena.h"
#include "unit.h"

#define TEXT_MAX ((size_t)64 * 1024)

static void every_number_is_there(void **state)
{
    static const char *const names[] = {
        "process_virtual_memory_bytes ",
        "process_resident_memory_bytes ",
        "process_cpu_seconds_total ",
        "process_open_fds ",
        "process_max_fds ",
        "process_start_time_seconds 1000000\n",
    };
    struct arena arena;
    struct buf out;
    const char *text;

    (void)state;
    arena_init(&arena, ARENA_UNLIMITED);
    buf_init(&out, TEXT_MAX);
    process_write_metrics(1000000, &out);
    text = str_to_c(&arena, buf_str(&out));
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        const char *line = strstr(text, str_to_c(&arena, str_format(&arena, "\n%s", names[i])));

        if (!line)
            fail_msg("no '%s' in\n%s", names[i], text);
        assert_in_range(strchr(line + 1, ' ')[1], '0', '9');
    }
    buf_release(&out);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_number_is_there) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
