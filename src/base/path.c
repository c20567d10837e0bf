/* base/path: names inside a workspace and inside an output tree. */
#include "base/path.h"

#include <string.h>

#include "base/buf.h"

enum { NAME_BYTES_MAX = 200 }; /* room for what file systems (255) and we add */

static size_t last_slash(str path)
{
    for (size_t i = path.n; i > 0; i--)
        if (path.p[i - 1] == '/')
            return i - 1;
    return SIZE_MAX;
}

str path_join(struct arena *a, str folder, str name)
{
    if (folder.n == 0)
        return name;
    return str_fmt(a, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(name));
}

str path_name(str path)
{
    size_t at = last_slash(path);
    return at == SIZE_MAX ? path : str_skip(path, at + 1);
}

str path_folder(str path)
{
    size_t at = last_slash(path);
    return at == SIZE_MAX ? (str){path.p, 0} : str_from_to(path, 0, at);
}

str path_extension(str path)
{
    str name = path_name(path);
    for (size_t i = name.n; i > 1; i--)
        if (name.p[i - 1] == '.')
            return str_skip(name, i);
    return (str){name.p, 0};
}

str path_relative(struct arena *a, str from_file, str to_file)
{
    size_t common = 0;
    for (size_t i = 0; i < from_file.n && i < to_file.n && from_file.p[i] == to_file.p[i]; i++)
        if (from_file.p[i] == '/')
            common = i + 1;
    struct buf b = buf_in(a, to_file.n + 12);
    for (size_t i = common; i < from_file.n; i++)
        if (from_file.p[i] == '/')
            buf_lit(&b, "../");
    buf_add(&b, str_skip(to_file, common));
    return buf_str(&b);
}

bool path_resolve(struct arena *a, str from_file, str link, str *out)
{
    if (str_starts(link, S("/")))
        return false;
    struct buf b = buf_in(a, from_file.n + link.n + 1);
    buf_add(&b, path_folder(from_file));
    while (link.n != 0) {
        str part;
        link = str_cut(link, '/', &part);
        if (part.n == 0 || str_eq(part, S(".")))
            continue;
        if (str_eq(part, S(".."))) {
            if (b.n == 0)
                return false;
            b.n = path_folder(buf_str(&b)).n;
            continue;
        }
        if (b.n != 0)
            buf_char(&b, '/');
        buf_add(&b, part);
    }
    *out = buf_str(&b);
    return true;
}

str path_slug(struct arena *a, str text)
{
    struct buf b = buf_in(a, text.n);
    for (size_t i = 0; i < text.n; i++) {
        char c = ascii_lower(text.p[i]);
        if (ascii_is_alnum(c))
            buf_char(&b, c);
        else if (b.n != 0 && b.p[b.n - 1] != '-')
            buf_char(&b, '-');
    }
    while (b.n != 0 && b.p[b.n - 1] == '-')
        b.n--;
    return buf_str(&b);
}

static bool is_hidden_character(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

static bool is_device_name(str name)
{
    static const char *const device[] = {"con", "prn", "aux", "nul", "com", "lpt"};
    str stem;
    str_cut(name, '.', &stem);
    stem = str_trim(stem); /* Windows sees "con .md" as the device, too */
    for (size_t i = 0; i < COUNT_OF(device); i++) {
        bool numbered = i >= 4;
        if (stem.n != (numbered ? 4u : 3u) || (numbered && !ascii_is_digit(stem.p[3])))
            continue;
        size_t same = 0;
        while (same < 3 && ascii_lower(stem.p[same]) == device[i][same])
            same++;
        if (same == 3)
            return true;
    }
    return false;
}

const char *path_name_fault(str name)
{
    if (name.n == 0)
        return "it is empty";
    if (name.n > NAME_BYTES_MAX)
        return "it is longer than 200 bytes";
    if (utf8_invalid_at(name) != SIZE_MAX)
        return "it is not UTF-8";
    if (name.p[0] == ' ' || name.p[0] == '.' || name.p[name.n - 1] == ' ' ||
        name.p[name.n - 1] == '.')
        return "it begins or ends with a blank or a dot";
    for (size_t at = 0; at < name.n;) {
        uint32_t c = utf8_next(name, &at);
        if (is_hidden_character(c))
            return "it holds a control, bidi or zero-width character";
        if (c < 0x80 && memchr("/\\:*?\"<>|", (int)c, 9) != NULL)
            return "it holds one of / \\ : * ? \" < > |, which a USB stick cannot store";
    }
    return is_device_name(name) ? "it is a device name on Windows" : NULL;
}
