#include "mail/smtp.h"

#include <curl/curl.h>
#include <string.h>

#include "base/buf.h"

#define ANSWER_MAX 500 /* bytes that are kept of what a server says */

/* How far the talk has come: what an answer is to. */
enum phase {
    PHASE_SESSION, /* greeting, encryption, signing in */
    PHASE_SENDER,
    PHASE_RECIPIENT,
    PHASE_LETTER,
};

struct smtp {
    const struct smtp_settings *settings;
    bool (*stopping)(void *context);
    void *context;
    CURL *curl;
    /* Of the letter that is being sent. */
    enum phase phase;
    bool leaving;    /* what is said to a goodbye is of no interest */
    struct str rest; /* of the message */
    char answer[ANSWER_MAX];
    size_t answer_n;
    char trouble[CURL_ERROR_SIZE];
};

/* ---- what is said ---- */

/* The lines of one answer, joined by spaces; a line whose code ends with '-' is followed by
   another. */
static void take_answer(struct smtp *smtp, struct str line)
{
    bool goes_on = smtp->answer_n >= 4 && smtp->answer[3] == '-';

    if (smtp->leaving)
        return;
    line = str_trim(line);
    if (!goes_on)
        smtp->answer_n = 0;
    else if (line.n >= 4)
        line = str_drop(line, 3);
    for (size_t i = 0; i < line.n && smtp->answer_n < ANSWER_MAX; i++) {
        unsigned char c = (unsigned char)line.p[i];

        /* It goes to files and terminals. */
        smtp->answer[smtp->answer_n++] = c >= ' ' && c <= '~' ? (char)c : '?';
    }
    if (goes_on && line.n >= 1)
        smtp->answer[3] = line.p[0];
}

static void take_command(struct smtp *smtp, struct str line)
{
    static const struct {
        struct str begins;
        enum phase phase;
    } commands[] = {
        { STR("EHLO"), PHASE_SESSION },     { STR("HELO"), PHASE_SESSION },
        { STR("STARTTLS"), PHASE_SESSION }, { STR("AUTH"), PHASE_SESSION },
        { STR("MAIL FROM"), PHASE_SENDER }, { STR("RCPT TO"), PHASE_RECIPIENT },
        { STR("DATA"), PHASE_LETTER },
    };

    for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
        if (str_starts(line, commands[i].begins))
            smtp->phase = commands[i].phase;
    }
    smtp->leaving = str_starts(line, STR("QUIT"));
}

static int on_talk(CURL *curl, curl_infotype type, char *data, size_t size, void *context)
{
    struct str line = { data, size };

    (void)curl;
    if (type == CURLINFO_HEADER_IN)
        take_answer(context, line);
    else if (type == CURLINFO_HEADER_OUT)
        take_command(context, line);
    return 0;
}

static size_t on_read(char *out, size_t size, size_t count, void *context)
{
    struct smtp *smtp = context;
    struct str piece = str_take(smtp->rest, size * count);

    memcpy(out, piece.p, piece.n);
    smtp->rest = str_drop(smtp->rest, piece.n);
    return piece.n;
}

static int on_progress(void *context, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    struct smtp *smtp = context;

    (void)a;
    (void)b;
    (void)c;
    (void)d;
    return smtp->stopping && smtp->stopping(smtp->context);
}

static size_t on_body(char *data, size_t size, size_t count, void *context)
{
    (void)data;
    (void)context;
    return size * count;
}

/* ---- the connection ---- */

static void set(CURLcode code)
{
    if (code == CURLE_OUT_OF_MEMORY)
        BUG("no memory for a connection to the mail server");
    BUG_IF(code != CURLE_OK);
}

static void set_up(struct smtp *smtp)
{
    const struct smtp_settings *settings = smtp->settings;
    CURL *curl = smtp->curl;
    struct arena arena;

    arena_init(&arena, ARENA_UNLIMITED);
    set(curl_easy_setopt(
        curl, CURLOPT_URL,
        str_to_c(&arena,
                 str_format(&arena,
                            strchr(settings->server, ':') ? "%s://[%s]:%lld" : "%s://%s:%lld",
                            settings->security == SMTP_TLS ? "smtps" : "smtp", settings->server,
                            (long long)settings->port))));
    arena_release(&arena); /* the library has copied the text */
    set(curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps"));
    set(curl_easy_setopt(curl, CURLOPT_USE_SSL,
                         settings->security == SMTP_STARTTLS ? (long)CURLUSESSL_ALL
                                                             : (long)CURLUSESSL_NONE));
    set(curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2));
    if (settings->certificates)
        set(curl_easy_setopt(curl, CURLOPT_CAINFO, settings->certificates));
    if (settings->user) {
        set(curl_easy_setopt(curl, CURLOPT_USERNAME, settings->user));
        set(curl_easy_setopt(curl, CURLOPT_PASSWORD, settings->password ? settings->password : ""));
    }
    /* Neither the environment nor a signal has a say in it. */
    set(curl_easy_setopt(curl, CURLOPT_PROXY, ""));
    set(curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L));
    set(curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)settings->patience_ms));
    set(curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT,
                         (long)((settings->patience_ms + 999) / 1000)));
    set(curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)settings->patience_ms * 2));
    set(curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L)); /* so that on_talk is called */
    set(curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, on_talk));
    set(curl_easy_setopt(curl, CURLOPT_DEBUGDATA, smtp));
    set(curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, smtp->trouble));
    set(curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L));
    set(curl_easy_setopt(curl, CURLOPT_READFUNCTION, on_read));
    set(curl_easy_setopt(curl, CURLOPT_READDATA, smtp));
    set(curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body));
    set(curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L));
    set(curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress));
    set(curl_easy_setopt(curl, CURLOPT_XFERINFODATA, smtp));
}

struct smtp *smtp_new(const struct smtp_settings *settings, bool (*stopping)(void *context),
                      void *context)
{
    struct smtp *smtp = memory_alloc(1, sizeof(*smtp));

    smtp->settings = settings;
    smtp->stopping = stopping;
    smtp->context = context;
    smtp->curl = curl_easy_init();
    if (!smtp->curl)
        BUG("no memory for a connection to the mail server");
    set_up(smtp);
    return smtp;
}

void smtp_free(struct smtp *smtp)
{
    if (!smtp)
        return;
    curl_easy_cleanup(smtp->curl);
    memory_free(smtp);
}

/* ---- a letter ---- */

/* 5xx to the recipient or the letter is for good, 4xx for now. Whatever else goes wrong is not
   about this letter: 421 says that the server is closing. */
static enum smtp_end judge(const struct smtp *smtp, CURLcode code)
{
    long said = 0;

    if (code == CURLE_OK)
        return SMTP_TAKEN;
    curl_easy_getinfo(smtp->curl, CURLINFO_RESPONSE_CODE, &said);
    if (smtp->phase < PHASE_RECIPIENT || said == 421)
        return SMTP_TROUBLE;
    if (said >= 500 && said < 600)
        return SMTP_REFUSED;
    return said >= 400 && said < 500 ? SMTP_LATER : SMTP_TROUBLE;
}

/* An answer that is no refusal is none to what went wrong. */
static struct str answer_of(const struct smtp *smtp, CURLcode code, struct arena *arena)
{
    struct str said = { smtp->answer, smtp->answer_n };

    if (code == CURLE_OK || (said.n > 0 && (said.p[0] == '4' || said.p[0] == '5')))
        return str_copy(arena, said);
    return str_copy(arena, str_from_c(smtp->trouble[0] ? smtp->trouble : curl_easy_strerror(code)));
}

struct smtp_outcome smtp_send(struct smtp *smtp, struct str from, struct str to, struct str message,
                              struct arena *arena)
{
    struct smtp_outcome outcome;
    struct curl_slist *recipients;
    CURLcode code;

    smtp->phase = PHASE_SESSION;
    smtp->leaving = false;
    smtp->rest = message;
    smtp->answer_n = 0;
    smtp->trouble[0] = '\0';
    recipients = curl_slist_append(NULL, str_to_c(arena, str_format(arena, "<%.*s>", STR_ARG(to))));
    BUG_IF(!recipients);
    set(curl_easy_setopt(smtp->curl, CURLOPT_MAIL_FROM,
                         str_to_c(arena, str_format(arena, "<%.*s>", STR_ARG(from)))));
    set(curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, recipients));
    set(curl_easy_setopt(smtp->curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)message.n));
    code = curl_easy_perform(smtp->curl);
    set(curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, NULL));
    curl_slist_free_all(recipients);
    outcome.end = judge(smtp, code);
    outcome.answer = answer_of(smtp, code, arena);
    return outcome;
}
