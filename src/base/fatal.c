/* base/fatal: the end of this process when the machine lets it down. */
#include "base/fatal.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

void fatal(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("continuo: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    _exit(EXIT_MACHINE);
}
