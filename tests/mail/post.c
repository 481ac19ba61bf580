#include "post.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define PYTHON "/usr/bin/python3" /* Debian's, which has the server */
#define OPTIONS_MAX 8

static char text[1 << 20];

void post_or_skip(void)
{
    if (system(PYTHON " -c 'import aiosmtpd' 2> /dev/null && openssl version > /dev/null") == 0)
        return;
    fputs("python3-aiosmtpd or openssl is not installed: nothing was tested\n", stderr);
    exit(getenv("CI") ? 1 : 77);
}

const char *post_path(const struct post *post, const char *name)
{
    static char path[128];

    snprintf(path, sizeof(path), "%s/%s", post->folder, name);
    return path;
}

static void make_certificate(const struct post *post)
{
    char command[600];

    snprintf(command, sizeof(command),
             "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
             " -keyout %s/key.pem -out %s/certificate.pem -subj /CN=localhost"
             " -addext subjectAltName=DNS:localhost 2> /dev/null",
             post->folder, post->folder);
    assert_int_equal(system(command), 0);
}

static void run_server(const struct post *post, const char *const *options, int out)
{
    char script[300];
    char port[20];
    const char *arguments[OPTIONS_MAX + 6] = { PYTHON, script, post->folder, "--port", port };

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    snprintf(script, sizeof(script), "%s/tests/mail/server.py", getenv("ASSAY_SOURCE"));
    snprintf(port, sizeof(port), "%d", post->port);
    for (size_t i = 0; options && options[i] && i < OPTIONS_MAX; i++)
        arguments[5 + i] = options[i];
    dup2(out, STDOUT_FILENO);
    /* The sanitizers of the test are not for another program. */
    unsetenv("LD_PRELOAD");
    if (chdir(post->folder) == 0)
        execv(PYTHON, (char *const *)(const void *)arguments);
    _exit(127);
}

void post_again(struct post *post, const char *const *options)
{
    char line[20] = "";
    int ends[2];

    assert_int_equal(pipe(ends), 0);
    post->pid = fork();
    assert_true(post->pid >= 0);
    if (post->pid == 0)
        run_server(post, options, ends[1]);
    close(ends[1]);
    assert_true(read(ends[0], line, sizeof(line) - 1) > 0);
    close(ends[0]);
    assert_int_equal(sscanf(line, "%d", &post->port), 1);
}

void post_open(struct post *post, const char *const *options)
{
    *post = (struct post){ .folder = "/tmp/assay-post-XXXXXX" };
    assert_non_null(mkdtemp(post->folder));
    make_certificate(post);
    post_again(post, options);
}

void post_stop(struct post *post)
{
    if (post->pid == 0)
        return;
    kill(post->pid, SIGKILL);
    waitpid(post->pid, NULL, 0);
    post->pid = 0;
}

void post_close(struct post *post)
{
    char command[100];

    post_stop(post);
    snprintf(command, sizeof(command), "rm -rf %s", post->folder);
    assert_int_equal(system(command), 0);
}

/* In one step, as the server may look at any time. */
void post_mood(const struct post *post, const char *mood)
{
    char name[128];
    FILE *file;

    snprintf(name, sizeof(name), "%s/mood.new", post->folder);
    file = fopen(name, "w");
    assert_non_null(file);
    fputs(mood, file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(rename(name, post_path(post, "mood")), 0);
}

static bool read_file(const char *path)
{
    FILE *file = fopen(path, "r");
    size_t n;

    if (!file)
        return false;
    n = fread(text, 1, sizeof(text) - 1, file);
    text[n] = '\0';
    fclose(file);
    return true;
}

const char *post_letter(const struct post *post, size_t letter)
{
    char name[40];

    snprintf(name, sizeof(name), "letter-%zu", letter);
    if (!read_file(post_path(post, name)))
        fail_msg("the server has no %s", name);
    return text;
}

size_t post_letters(const struct post *post)
{
    size_t count = 0;

    for (;; count++) {
        char name[40];

        snprintf(name, sizeof(name), "letter-%zu", count + 1);
        if (access(post_path(post, name), F_OK) != 0)
            return count;
    }
}

size_t post_talk(const struct post *post, const char *beginning)
{
    size_t count = 0;

    if (!read_file(post_path(post, "talk")))
        return 0;
    for (const char *line = text; line && *line; line = strchr(line, '\n')) {
        line += *line == '\n';
        count += *line && strncmp(line, beginning, strlen(beginning)) == 0;
    }
    return count;
}
