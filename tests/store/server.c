#include "server.h"

#include <dirent.h>
#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static char folder[64];
static char programs[64]; /* the folder of initdb and postgres */
static pid_t server;

static void fail_test(const char *what)
{
    char command[200];

    fprintf(stderr, "the test's PostgreSQL: %s\n", what);
    snprintf(command, sizeof(command), "tail -n 20 %s/log >&2", folder);
    if (folder[0] && system(command) != 0)
        fputs("and it left no log\n", stderr);
    exit(1);
}

/* Debian keeps each version in a folder of its own; the newest that is there. */
static bool find_programs(void)
{
    for (int version = 30; version >= 13; version--) {
        snprintf(programs, sizeof(programs), "/usr/lib/postgresql/%d/bin", version);
        if (access(programs, X_OK) == 0)
            return true;
    }
    return false;
}

/* PostgreSQL refuses to run as root. */
static void become_nobody(void)
{
    const struct passwd *nobody = getpwnam("nobody");

    if (geteuid() != 0)
        return;
    if (!nobody || setgid(nobody->pw_gid) != 0 || setuid(nobody->pw_uid) != 0)
        _exit(126);
}

static void give_to_nobody(void)
{
    const struct passwd *nobody = getpwnam("nobody");

    if (geteuid() == 0 && (!nobody || chown(folder, nobody->pw_uid, nobody->pw_gid) != 0))
        fail_test("the folder cannot be given to nobody");
}

/* Starts a program whose output goes to the log. It dies with the test. The first argument becomes
   its path, by which PostgreSQL finds the rest of itself. */
static pid_t start(const char *program, char *arguments[])
{
    char path[128];
    pid_t parent = getpid();
    pid_t child = fork();

    if (child != 0)
        return child;
    prctl(PR_SET_PDEATHSIG, SIGQUIT);
    if (getppid() != parent)
        _exit(1);
    become_nobody();
    prctl(PR_SET_PDEATHSIG, SIGQUIT); /* another user clears it */
    snprintf(path, sizeof(path), "%s/log", folder);
    int log = open(path, O_WRONLY | O_CREAT | O_APPEND, 0644);
    dup2(log, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    if (chdir(folder) != 0)
        _exit(126);
    /* The sanitizers and what a person has set are not for the server. */
    unsetenv("LD_PRELOAD");
    unsetenv("ASAN_OPTIONS");
    setenv("LC_ALL", "C", 1);
    snprintf(path, sizeof(path), "%s/disk.so", folder);
    if (access(path, R_OK) == 0)
        setenv("LD_PRELOAD", path, 1);
    snprintf(path, sizeof(path), "%s/full", folder);
    setenv("ASSAY_TEST_FULL", path, 1);
    snprintf(path, sizeof(path), "%s/%s", programs, program);
    arguments[0] = path;
    execv(path, arguments);
    _exit(127);
}

static bool ended_well(pid_t child)
{
    int status;

    return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void make_cluster(void)
{
    char *arguments[] = { "initdb",    "-D",         "data", "-U",       "assay", "-A", "trust",
                          "--no-sync", "--encoding", "UTF8", "--locale", "C",     NULL };

    if (!ended_well(start("initdb", arguments)))
        fail_test("initdb did not succeed");
}

static void wait_a_little(void)
{
    nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
}

/* The server writes "ready" into its file of state once it takes connections. */
static bool is_ready(void)
{
    char path[128];
    char text[512] = "";
    FILE *file;

    snprintf(path, sizeof(path), "%s/data/postmaster.pid", folder);
    file = fopen(path, "r");
    if (!file)
        return false;
    text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
    fclose(file);
    return strstr(text, "ready") != NULL;
}

void server_start(void)
{
    char *arguments[] = {
        "postgres",
        "-D",
        "data",
        "-k",
        folder,
        "-c",
        "listen_addresses=",
        "-c",
        "fsync=on",
        "-c",
        "shared_buffers=16MB",
        "-c",
        "max_connections=40",
        "-c",
        "lc_messages=C",
        NULL,
    };

    server = start("postgres", arguments);
    for (int i = 0; i < 1500 && !is_ready(); i++) {
        if (waitpid(server, NULL, WNOHANG) == server)
            fail_test("it ended at once");
        wait_a_little();
    }
    if (!is_ready())
        fail_test("it did not become ready");
}

void server_stop(void)
{
    if (server <= 0)
        return;
    kill(server, SIGQUIT);
    waitpid(server, NULL, 0);
    server = 0;
}

/* The library that lets writes fail stands beside the test's program. */
static void copy_disk_library(void)
{
    char command[600];
    const char *library = getenv("ASSAY_TEST_DISK");

    if (!library)
        return;
    snprintf(command, sizeof(command), "cp '%s' %s/disk.so && chmod 755 %s/disk.so", library,
             folder, folder);
    if (system(command) != 0)
        fail_test("the library for full disks cannot be copied");
}

bool server_begin(void)
{
    if (!find_programs())
        return false;
    snprintf(folder, sizeof(folder), "/tmp/assay-postgres-XXXXXX");
    if (!mkdtemp(folder) || chmod(folder, 0755) != 0)
        fail_test("there is no temporary folder");
    copy_disk_library();
    give_to_nobody();
    make_cluster();
    server_start();
    return true;
}

void server_end(void)
{
    char command[100];

    server_stop();
    if (!folder[0])
        return;
    snprintf(command, sizeof(command), "rm -rf %s", folder);
    if (system(command) != 0)
        fputs("the folder of the test's PostgreSQL is left behind\n", stderr);
}

void server_fill_disk(bool full)
{
    char path[128];

    snprintf(path, sizeof(path), "%s/full", folder);
    if (full) {
        int file = open(path, O_WRONLY | O_CREAT, 0644);
        if (file < 0)
            fail_test("the disk cannot be filled");
        close(file);
    } else {
        unlink(path);
    }
}

const char *server_folder(void)
{
    return folder;
}
