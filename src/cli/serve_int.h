/* cli/serve_int: what the parts of `continuo serve` share.
 *
 * One process answers the browser and watches the content; it has one thread and never reads
 * content itself. Whenever the content changes it starts a process that reads all of it, called a
 * site. When that finds no error it stays, and makes each page (and each PDF) when somebody asks
 * for it; the site before it ends. Else the site before it stays, and pages show what is wrong. */
#ifndef CLI_SERVE_INT_H
#define CLI_SERVE_INT_H

#include <stdint.h>
#include <sys/select.h>
#include <sys/types.h>

#include "cli/cli.h"

enum {
    SERVE_PATH_BYTES_MAX = 100, /* as outputs writes them */
    SERVE_MESSAGE_BYTES_MAX = 64 * 1024,
    SERVE_VISITS_MAX = 64, /* connections at once; more wait in the kernel */
};

/* -- The site: serve_site.c ----------------------------------------------------------- */

/* Pages and paper are made by two processes, so that a long PDF holds up no page. */
enum lane { LANE_SCREEN, LANE_PAPER, LANE_COUNT };

/* The first byte of what a site says; words for people may follow. */
enum site_word {
    SITE_READY = 'R',  /* the content was read and has no errors */
    SITE_BROKEN = 'B', /* it has; or the machine refused */
    SITE_USAGE = 'U',  /* there is no such audience */
    SITE_MADE = 'M',   /* the file that was asked for, or another one that its job makes */
    SITE_NO_SUCH = 'N',
    SITE_FAILED = 'F',
};

struct site {
    pid_t pid;            /* 0: there is none */
    int lane[LANE_COUNT]; /* sockets: a path goes in, an answer comes out; -1: it has ended */
    unsigned number;
    int64_t began; /* milliseconds of clock_milliseconds */
};

/* Its files go to folder/<number>.new. Returns errno or 0. */
int site_start(struct site *s, const struct options *o, const char *folder, unsigned number);
void site_stop(struct site *s);

/* -- Changes: serve_watch.c ----------------------------------------------------------- */

struct watch {
    int fd;
    struct arena *scratch;
    const char *path; /* of the content folder */
    dev_t device;     /* which folder that was, when it was looked at last; inode 0: none */
    ino_t inode;
    bool is_blind; /* of some folder, and that was said */
};
/* Returns errno or 0. */
int watch_open(struct watch *w, const char *content);
/* Watches every folder below the content, also those that are new. What cannot be watched is said
 * once, until all of it is watched again. */
void watch_all(struct watch *w);
/* Takes what the kernel has noted: whether any of it may change the site. */
bool watch_read(struct watch *w);
/* The content folder was removed, came back, or is another one. */
bool watch_has_moved(struct watch *w);
void watch_close(struct watch *w);

/* -- Answers: serve_http.c ------------------------------------------------------------ */

struct MHD_Connection;
struct MHD_Daemon;

enum visit_step { VISIT_NEW, VISIT_QUEUED, VISIT_ASKED, VISIT_ANSWERED };

/* A request while it is answered. */
struct visit {
    struct visit *next;
    struct MHD_Connection *connection;
    char path[SERVE_PATH_BYTES_MAX + 1];
    enum visit_step step;
    enum lane lane;
    unsigned number; /* of the site that was asked */
    char word;       /* an enum site_word, once answered; 0: the site ended meanwhile */
    str text;        /* what it said, in memory of malloc */
    bool waits;      /* for the next state, not for a file */
    unsigned long seen;
    int64_t until;
};

struct serve {
    const struct options *options;
    bool is_quiet;
    struct arena *scratch; /* reset after each answer */
    const char *folder;    /* temporary, private */
    int root;              /* the same, open */
    struct site good, next;
    unsigned long state; /* counts what pages must hear of */
    bool has_begun;      /* the first site was ready, or broken */
    str findings;        /* why the newest content is not shown; "" else. Of malloc */
    struct visit *visits;
    struct MHD_Daemon *daemon;
    unsigned port;
    str script, style; /* served beside the pages */
};

/* Listens on the loopback alone. False after a message. */
bool http_open(struct serve *s, unsigned port);
/* What to wait for, and the highest of them. By level, not by edge: a client that leaves behind
   half a request is one event, and its end would not be another. */
int http_fds(struct serve *s, fd_set *reads, fd_set *writes);
/* Milliseconds until http_run has something to do; -1: only when one of its fds says so. */
int http_timeout(const struct serve *s);
void http_run(struct serve *s);
/* Goes on with a visit that was put aside, after it has been answered. */
void http_answered(struct visit *v);
void http_close(struct serve *s);

#endif
