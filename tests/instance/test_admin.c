/* What admin.h promises: an operation is run here, or by the process that has the installation. */
#include "instance/admin.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "folder.h"

/* ---- another process that has the installation open ---- */

struct holder {
    pid_t process;
    int end; /* is closed to let it end */
};

static int64_t later(void)
{
    return NOW + 1000000;
}

static void hold(struct folder *folder, bool listens, int ready, int end)
{
    const struct instance_settings settings = { .config = &folder->config };
    struct admin_socket *socket = NULL;
    struct instance *instance = NULL;
    char byte = '!';

    if (failed(instance_open(&settings, INSTANCE_MAKE, NOW, &folder->arena, &instance,
                             &folder->message)) ||
        (listens &&
         failed(admin_listen(instance, later, &folder->arena, &socket, &folder->message)))) {
        fprintf(stderr, "%.*s\n", STR_ARG(folder->message));
        _exit(1);
    }
    if (write(ready, &byte, 1) != 1 || read(end, &byte, 1) != 0)
        _exit(2);
    admin_close(socket);
    instance_close(instance);
    arena_release(&folder->arena);
    _exit(0);
}

static struct holder holder_begin(struct folder *folder, bool listens)
{
    struct holder holder;
    int ready[2];
    int end[2];
    char byte;

    assert_int_equal(pipe(ready), 0);
    assert_int_equal(pipe(end), 0);
    holder.process = fork();
    if (holder.process == 0) {
        close(ready[0]);
        close(end[1]);
        hold(folder, listens, ready[1], end[0]);
    }
    close(ready[1]);
    close(end[0]);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    holder.end = end[1];
    return holder;
}

/* It lets everything go in the right order, and finds nothing wrong with that. */
static void holder_end(struct holder *holder)
{
    int status;

    close(holder->end);
    assert_int_equal(waitpid(holder->process, &status, 0), holder->process);
    assert_int_equal(status, 0);
}

static void holder_kill(struct holder *holder)
{
    int status;

    kill(holder->process, SIGKILL);
    assert_int_equal(waitpid(holder->process, &status, 0), holder->process);
    close(holder->end);
}

/* ---- asking ---- */

static struct value *show(struct folder *folder)
{
    struct value *output = NULL;
    struct result result = admin_ask(&folder->config, NOW, &folder->arena, "installation-show",
                                     value_object(&folder->arena), &output, &folder->message);

    if (failed(result))
        fail_msg("%s: %.*s", result.error->name, STR_ARG(folder->message));
    return output;
}

static int64_t journal_entries(struct folder *folder)
{
    return value_get(value_get(show(folder), "counts"), "journal")->integer;
}

static void it_is_done_here_where_nobody_has_the_installation(void **state)
{
    struct folder folder;
    struct value *output;

    (void)state;
    folder_begin(&folder);
    instance_close(folder_open(&folder, INSTANCE_MAKE));
    output = show(&folder);
    assert_int_equal(value_get(output, "id")->text.n, 26);
    assert_int_equal(value_get(output, "created")->integer, NOW);
    assert_true(str_eq_c(value_get(output, "engine")->text,
                         engine_is_postgres() ? "PostgreSQL" : "SQLite"));
    assert_int_equal(journal_entries(&folder), 1);
    folder_end(&folder);
}

static void it_is_done_by_the_process_that_has_it(void **state)
{
    struct folder folder;
    struct holder holder;
    struct str id;

    (void)state;
    folder_begin(&folder);
    holder = holder_begin(&folder, true);
    id = value_get(show(&folder), "id")->text;
    holder_end(&holder);
    assert_true(str_eq(id, value_get(show(&folder), "id")->text));
    folder_end(&folder);
}

static void without_an_installation_it_is_refused(void **state)
{
    struct folder folder;
    struct value *output = NULL;

    (void)state;
    folder_begin(&folder);
    check_refused(&folder,
                  admin_ask(&folder.config, NOW, &folder.arena, "installation-show",
                            value_object(&folder.arena), &output, &folder.message),
                  &INSTANCE_MISSING, "assay init");
    assert_null(output);
    folder_end(&folder);
}

/* Both ways refuse alike. */
static void refuse_an_unknown_operation(struct folder *folder)
{
    struct value *output = NULL;
    struct result result = admin_ask(&folder->config, NOW, &folder->arena, "no-such-thing",
                                     value_object(&folder->arena), &output, &folder->message);

    check_refused(folder, result, &ADMIN_UNKNOWN, "there is no operation 'no-such-thing'");
    assert_true(admin_is(result, &ADMIN_UNKNOWN));
    assert_false(admin_is(result, &ERROR_INPUT));
    assert_int_equal(result.error->exit_code, EXIT_SYSTEM);
    assert_null(output);
}

static void an_unknown_operation_is_refused(void **state)
{
    struct folder folder;
    struct holder holder;

    (void)state;
    folder_begin(&folder);
    holder = holder_begin(&folder, true);
    refuse_an_unknown_operation(&folder);
    holder_end(&holder);
    refuse_an_unknown_operation(&folder);
    folder_end(&folder);
}

static void a_process_that_takes_no_commands_is_waited_for_in_vain(void **state)
{
    struct folder folder;
    struct holder holder;
    struct value *output = NULL;
    char words[100];

    (void)state;
    folder_begin(&folder);
    holder = holder_begin(&folder, false);
    snprintf(words, sizeof(words), "process %ld works on it; it takes no commands",
             (long)holder.process);
    check_refused(&folder,
                  admin_ask(&folder.config, NOW, &folder.arena, "installation-show",
                            value_object(&folder.arena), &output, &folder.message),
                  &INSTANCE_LOCKED, words);
    holder_end(&holder);
    folder_end(&folder);
}

static void a_socket_that_was_left_is_passed_over(void **state)
{
    struct folder folder;
    struct holder holder;
    struct stat found;
    const char *path;

    (void)state;
    folder_begin(&folder);
    path = instance_path(&folder.arena, &folder.config, "admin.sock");
    holder = holder_begin(&folder, true);
    holder_kill(&holder);
    assert_int_equal(stat(path, &found), 0);
    assert_int_equal(journal_entries(&folder), 1);
    holder = holder_begin(&folder, true);
    assert_int_equal(journal_entries(&folder), 1);
    holder_end(&holder);
    assert_int_not_equal(stat(path, &found), 0);
    folder_end(&folder);
}

static void the_socket_is_for_its_owner_alone(void **state)
{
    struct folder folder;
    struct holder holder;
    struct stat found;

    (void)state;
    folder_begin(&folder);
    holder = holder_begin(&folder, true);
    assert_int_equal(stat(instance_path(&folder.arena, &folder.config, "admin.sock"), &found), 0);
    assert_true(S_ISSOCK(found.st_mode));
    assert_int_equal(found.st_mode & 0777, 0600);
    assert_int_equal(stat(folder.path, &found), 0);
    assert_int_equal(found.st_mode & 0777, 0700);
    holder_end(&holder);
    folder_end(&folder);
}

/* The address of a socket has room for 107 bytes. */
static void the_folder_may_have_a_long_path(void **state)
{
    struct folder folder;
    struct holder holder;
    struct stat found;
    size_t length;

    (void)state;
    folder_begin(&folder);
    length = strlen(folder.path);
    memset(folder.path + length, 'x', 200);
    folder.path[length + 200] = '\0';
    holder = holder_begin(&folder, true);
    assert_int_equal(stat(instance_path(&folder.arena, &folder.config, "admin.sock"), &found), 0);
    assert_int_equal(found.st_mode & 0777, 0600);
    assert_int_equal(journal_entries(&folder), 1);
    holder_end(&holder);
    assert_int_not_equal(stat(instance_path(&folder.arena, &folder.config, "admin.sock"), &found),
                         0);
    folder_end(&folder);
}

static void more_than_a_line_may_hold_is_not_asked(void **state)
{
    struct folder folder;
    struct holder holder;
    struct value *output = NULL;
    struct value *input;
    char *text;

    (void)state;
    folder_begin(&folder);
    holder = holder_begin(&folder, true);
    text = arena_alloc(&folder.arena, ADMIN_LINE_MAX);
    memset(text, 'x', ADMIN_LINE_MAX);
    input = value_object(&folder.arena);
    value_set_text(&folder.arena, input, "text", (struct str){ text, ADMIN_LINE_MAX });
    check_refused(&folder,
                  admin_ask(&folder.config, NOW, &folder.arena, "installation-show", input, &output,
                            &folder.message),
                  &ERROR_LIMIT, "more than the 64 MiB");
    /* Much less is taken, and what it does not ask for is not looked at. */
    value_set_text(&folder.arena, input = value_object(&folder.arena), "text",
                   (struct str){ text, ADMIN_LINE_MAX / 16 });
    assert_false(failed(admin_ask(&folder.config, NOW, &folder.arena, "installation-show", input,
                                  &output, &folder.message)));
    holder_end(&holder);
    folder_end(&folder);
}

/* ---- hostile clients ---- */

static int connect_to(struct folder *folder)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    const struct timeval patience = { .tv_sec = 20 };
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    const char *path = instance_path(&folder->arena, &folder->config, "admin.sock");

    assert_true(fd >= 0);
    assert_true(strlen(path) < sizeof(address.sun_path));
    memcpy(address.sun_path, path, strlen(path));
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
    assert_int_equal(connect(fd, (const struct sockaddr *)&address, sizeof(address)), 0);
    return fd;
}

/* Writes as much as is taken. */
static void put(int fd, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t sent = send(fd, bytes, n, MSG_NOSIGNAL);

        if (sent <= 0)
            return;
        bytes += sent;
        n -= (size_t)sent;
    }
}

/* The line that comes back has those words. */
static void check_answer(int fd, const char *words)
{
    char answer[2000] = "";
    size_t n = 0;

    while (n < sizeof(answer) - 1 && !strchr(answer, '\n')) {
        ssize_t got = recv(fd, answer + n, sizeof(answer) - 1 - n, 0);

        if (got <= 0)
            break;
        n += (size_t)got;
    }
    close(fd);
    if (!strstr(answer, words) || !strchr(answer, '\n'))
        fail_msg("expected %s, got %s", words, answer);
}

static void a_line_is(struct folder *folder, const char *line, const char *words)
{
    int fd = connect_to(folder);

    put(fd, line, strlen(line));
    put(fd, "\n", 1);
    check_answer(fd, words);
}

static void lines_that_ask_nothing_are_refused(void **state)
{
    struct folder folder;
    struct holder holder;

    (void)state;
    folder_begin(&folder);
    holder = holder_begin(&folder, true);
    a_line_is(&folder, "", "{\"error\":\"input-faults\",\"exit\":3,");
    a_line_is(&folder, "GET / HTTP/1.1", "input-faults");
    a_line_is(&folder, "\x80\xff", "input-faults");
    a_line_is(&folder, "[]", "the line is no object");
    a_line_is(&folder, "{}", "the line names no operation");
    a_line_is(&folder, "{\"operation\":7,\"input\":{}}", "the line names no operation");
    a_line_is(&folder, "{\"operation\":\"installation-show\"}", "the input is no object");
    a_line_is(&folder, "{\"operation\":\"installation-show\",\"input\":[]}",
              "the input is no object");
    a_line_is(&folder, "{\"operation\":\"x\",\"operation\":\"y\",\"input\":{}}", "input-faults");
    a_line_is(&folder, "{\"operation\":\"installation-show\",\"input\":{}}",
              "{\"output\":{\"id\":");
    holder_end(&holder);
    folder_end(&folder);
}

static void a_line_without_end_is_refused(void **state)
{
    struct folder folder;
    struct holder holder;
    size_t size = ADMIN_LINE_MAX + (1 << 20);
    char *much;
    int fd;

    (void)state;
    folder_begin(&folder);
    holder = holder_begin(&folder, true);
    much = arena_alloc(&folder.arena, size);
    memset(much, 'x', size);
    fd = connect_to(&folder);
    put(fd, much, size);
    check_answer(fd, "{\"error\":\"too-large\",\"exit\":3,");
    assert_int_equal(journal_entries(&folder), 1);
    holder_end(&holder);
    folder_end(&folder);
}

static void deep_and_wide_lines_are_refused(void **state)
{
    struct folder folder;
    struct holder holder;
    size_t size = 8 << 20;
    char *much;
    int fd;

    (void)state;
    folder_begin(&folder);
    holder = holder_begin(&folder, true);
    much = arena_alloc(&folder.arena, size);
    memset(much, '[', size);
    much[size - 1] = '\n';
    fd = connect_to(&folder);
    put(fd, much, size);
    check_answer(fd, "too-large");
    for (size_t i = 0; i < size - 1; i++)
        much[i] = i % 2 ? ',' : '1';
    much[0] = '[';
    fd = connect_to(&folder);
    put(fd, much, size);
    check_answer(fd, "\"exit\":3");
    assert_int_equal(journal_entries(&folder), 1);
    holder_end(&holder);
    folder_end(&folder);
}

static void clients_that_go_away_or_say_nothing_hold_nobody_up(void **state)
{
    static const char request[] = "{\"operation\":\"installation-show\",\"input\":{}}\n";
    struct folder folder;
    struct holder holder;
    int silent[10];
    int fd;

    (void)state;
    folder_begin(&folder);
    holder = holder_begin(&folder, true);
    for (size_t i = 0; i < ARRAY_LEN(silent); i++) {
        silent[i] = connect_to(&folder);
        put(silent[i], request, i);
    }
    for (int i = 0; i < 100; i++) {
        fd = connect_to(&folder);
        put(fd, request, i % 2 ? sizeof(request) - 1 : 10);
        close(fd);
    }
    assert_int_equal(journal_entries(&folder), 1);
    /* One that took its time is answered yet. */
    put(silent[3], request + 3, sizeof(request) - 1 - 3);
    check_answer(silent[3], "{\"output\":");
    silent[3] = -1;
    for (size_t i = 0; i < ARRAY_LEN(silent); i++)
        if (silent[i] >= 0)
            close(silent[i]);
    holder_end(&holder);
    folder_end(&folder);
}

static void a_client_that_is_connected_does_not_keep_the_process(void **state)
{
    struct folder folder;
    struct holder holder;
    int fd;

    (void)state;
    folder_begin(&folder);
    holder = holder_begin(&folder, true);
    fd = connect_to(&folder);
    put(fd, "{", 1);
    holder_end(&holder);
    close(fd);
    folder_end(&folder);
}

static void *ask_often(void *context)
{
    struct folder folder = *(struct folder *)context;

    arena_init(&folder.arena, ARENA_UNLIMITED);
    for (int i = 0; i < 20; i++)
        if (journal_entries(&folder) != 1)
            abort();
    arena_release(&folder.arena);
    return NULL;
}

static void several_are_answered_at_once(void **state)
{
    struct folder folder;
    struct holder holder;
    pthread_t threads[20];

    (void)state;
    folder_begin(&folder);
    holder = holder_begin(&folder, true);
    for (size_t i = 0; i < ARRAY_LEN(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, ask_often, &folder), 0);
    for (size_t i = 0; i < ARRAY_LEN(threads); i++)
        pthread_join(threads[i], NULL);
    holder_end(&holder);
    folder_end(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_done_here_where_nobody_has_the_installation),
        cmocka_unit_test(it_is_done_by_the_process_that_has_it),
        cmocka_unit_test(without_an_installation_it_is_refused),
        cmocka_unit_test(an_unknown_operation_is_refused),
        cmocka_unit_test(a_process_that_takes_no_commands_is_waited_for_in_vain),
        cmocka_unit_test(a_socket_that_was_left_is_passed_over),
        cmocka_unit_test(the_socket_is_for_its_owner_alone),
        cmocka_unit_test(the_folder_may_have_a_long_path),
        cmocka_unit_test(more_than_a_line_may_hold_is_not_asked),
        cmocka_unit_test(lines_that_ask_nothing_are_refused),
        cmocka_unit_test(a_line_without_end_is_refused),
        cmocka_unit_test(deep_and_wide_lines_are_refused),
        cmocka_unit_test(clients_that_go_away_or_say_nothing_hold_nobody_up),
        cmocka_unit_test(a_client_that_is_connected_does_not_keep_the_process),
        cmocka_unit_test(several_are_answered_at_once),
    };

    engine_or_skip();
    return cmocka_run_group_tests(tests, engine_begin, engine_end);
}
