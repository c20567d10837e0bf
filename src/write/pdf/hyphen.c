/* write/pdf/hyphen: where words may be divided. */
#include "write/pdf/hyphen_int.h"

#include <hyphen.h>
#include <stdlib.h>
#include <string.h>

struct pdf_hyphens {
    HyphenDict *patterns;
    bool is_latin1; /* else UTF-8 */
};

/* Debian's packages hyphen-*. A language is found by its first two letters
 * unless a row with its region stands before. */
static const struct {
    const char *language, *file;
} dictionary[] = {
    {"en-US", "hyph_en_US.dic"}, {"en", "hyph_en_GB.dic"}, {"de-CH", "hyph_de_CH.dic"},
    {"de-AT", "hyph_de_AT.dic"}, {"de", "hyph_de_DE.dic"}, {"fr", "hyph_fr.dic"},
    {"es", "hyph_es.dic"},       {"it", "hyph_it_IT.dic"}, {"nl", "hyph_nl_NL.dic"},
    {"pt-BR", "hyph_pt_BR.dic"}, {"pt", "hyph_pt_PT.dic"}, {"pl", "hyph_pl_PL.dic"},
    {"sv", "hyph_sv.dic"},       {"da", "hyph_da_DK.dic"}, {"nb", "hyph_nb_NO.dic"},
    {"fi", "hyph_fi_FI.dic"},    {"hu", "hyph_hu_HU.dic"}, {"cs", "hyph_cs_CZ.dic"},
    {"sk", "hyph_sk_SK.dic"},    {"sl", "hyph_sl_SI.dic"}, {"hr", "hyph_hr_HR.dic"},
    {"ro", "hyph_ro_RO.dic"},    {"el", "hyph_el_GR.dic"}, {"ru", "hyph_ru_RU.dic"},
    {"uk", "hyph_uk_UA.dic"},    {"lt", "hyph_lt_LT.dic"}, {"lv", "hyph_lv_LV.dic"},
    {"et", "hyph_et_EE.dic"},    {"ca", "hyph_ca_ES.dic"},
};

struct pdf_hyphens *hyphen_open(struct arena *a, str language)
{
    for (size_t i = 0; i < COUNT_OF(dictionary); i++) {
        if (!str_starts(language, str_from(dictionary[i].language)))
            continue;
        str path = str_fmt(a, "/usr/share/hyphen/%s", dictionary[i].file);
        HyphenDict *patterns = hnj_hyphen_load(str_c(a, path));
        if (!patterns)
            return NULL;
        struct pdf_hyphens *h = NEW(a, struct pdf_hyphens);
        h->patterns = patterns;
        h->is_latin1 = strcmp(patterns->cset, "ISO8859-1") == 0;
        if (h->is_latin1 || patterns->utf8)
            return h;
        hnj_hyphen_free(patterns); /* another encoding of old: set without hyphens */
        return NULL;
    }
    return NULL;
}

void hyphen_close(struct pdf_hyphens *h)
{
    if (h)
        hnj_hyphen_free(h->patterns);
}

/* The word in lower case in the encoding of the patterns; start[i] is where its
 * letter i begins. 0 when it cannot be said there. Case by the simple rules of
 * Unicode would need a table; ASCII, Latin-1, Greek and Cyrillic shift by a
 * constant, which is what these languages need. */
static uint32_t lower(uint32_t c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) ||
        (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F))
        return c + 32;
    if (c >= 0x400 && c <= 0x40F)
        return c + 80;
    if (((c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177)) && c % 2 == 0)
        return c + 1;
    if (((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) && c % 2 == 1)
        return c + 1;
    return c;
}

struct spelled {
    char bytes[4 * HYPHEN_WORD_MAX];
    int size;
    unsigned short start[HYPHEN_WORD_MAX + 1];
    size_t letters;
};

static bool spell(const struct pdf_hyphens *h, str word, struct spelled *s)
{
    s->size = 0;
    s->letters = 0;
    for (size_t at = 0; at < word.n;) {
        if (s->letters == HYPHEN_WORD_MAX)
            return false;
        s->start[s->letters++] = (unsigned short)at;
        uint32_t c = lower(utf8_next(word, &at));
        if (h->is_latin1 && c > 0xFF)
            return false;
        if (h->is_latin1)
            s->bytes[s->size++] = (char)c;
        else
            s->size += (int)utf8_put(s->bytes + s->size, c);
    }
    return true;
}

size_t hyphen_find(const struct pdf_hyphens *h, str word, unsigned short at[HYPHEN_WORD_MAX])
{
    enum { LEFT_MIN = 2, RIGHT_MIN = 3, WORD_MIN = 6 }; /* letters; shorter divisions disturb */
    struct spelled s;
    if (!h || !spell(h, word, &s) || s.letters < WORD_MIN)
        return 0;
    char marks[sizeof s.bytes + 5];
    char **replaced = NULL; /* what the library allocates for changed spellings */
    int *position = NULL, *cut = NULL;
    if (hnj_hyphen_hyphenate3(h->patterns, s.bytes, s.size, marks, NULL, &replaced, &position, &cut,
                              LEFT_MIN, RIGHT_MIN, LEFT_MIN, RIGHT_MIN) != 0)
        return 0;
    size_t count = 0;
    for (size_t i = 0; i + 1 < s.letters; i++) {
        bool changes = replaced && replaced[i]; /* Schiffahrt: needs a letter we don't add */
        if (marks[i] % 2 && !changes && i + 1 >= LEFT_MIN && s.letters - i - 1 >= RIGHT_MIN)
            at[count++] = s.start[i + 1];
    }
    for (size_t i = 0; replaced && i < (size_t)s.size; i++)
        free(replaced[i]);
    free(replaced);
    free(position);
    free(cut);
    return count;
}
