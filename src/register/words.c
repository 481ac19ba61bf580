#include "register/words.h"

#include <string.h>

/*
 * To add a word, add it to the row of what it means, or add a row, and bring the tables of
 * docs/logbook.md up to date: the test of this file prints them. A word stands here only if it
 * can mean nothing else in its place. Accents and cases that fold alike are given once.
 */
const struct word_row word_rows[] = {
    { WORD_COLUMN, NULL, "kind", "type, record type, Art, Typ, tipo, soort" },
    { WORD_COLUMN, NULL, "matter",
      "reference, ref, id, case, case id, case number, case reference, Aktenzeichen, Az, Fall, "
      "Fallnummer, Referenz, affaire, dossier, numéro de dossier, caso, expediente, "
      "referencia, dossiernummer, kenmerk, referentie, zaak, zaaknummer" },
    { WORD_COLUMN, NULL, "date", "day, on, Datum, Tag, jour, fecha, día, dag" },
    { WORD_COLUMN, NULL, "start",
      "start date, started, started on, from, first day, begin, begin date, Anfang, Beginn, "
      "Startdatum, von, début, date de début, desde, fecha de inicio, inicio, begindatum, van" },
    { WORD_COLUMN, NULL, "end",
      "end date, ended, ended on, until, to, last day, bis, Ende, Enddatum, fin, date de fin, "
      "fecha de fin, hasta, einddatum, einde, tot" },
    { WORD_COLUMN, NULL, "hours", "hour, hrs, h, Std, Stunden, heures, horas, uren" },
    { WORD_COLUMN, NULL, "minutes", "minute, mins, min, Minuten, minutos" },
    { WORD_COLUMN, NULL, "days", "number of days, Tage, jours, días, dagen" },
    { WORD_COLUMN, NULL, "programme",
      "program, programme id, program id, Programm, programa, programma" },
    { WORD_COLUMN, NULL, "standing", "status, statut, estado" },
    { WORD_COLUMN, NULL, "verified-on",
      "date verified, verification date, verified date, bestätigt am, geprüft am, vérifié le, "
      "verificado el, geverifieerd op" },
    { WORD_COLUMN, NULL, "note",
      "comment, comments, remark, remarks, Anmerkung, Anmerkungen, Bemerkung, Bemerkungen, "
      "Kommentar, Notiz, Notizen, commentaire, commentaires, remarque, remarques, comentario, "
      "comentarios, nota, notas, observaciones, notitie, notities, opmerking, opmerkingen" },

    { WORD_FIELD, NULL, "role", "Rolle, rol" },
    { WORD_FIELD, NULL, "mode", "medium, Modus, modalité, modalidad" },
    { WORD_FIELD, NULL, "scale", "Umfang, omvang" },
    { WORD_FIELD, NULL, "completed",
      "complete, finished, abgeschlossen, beendet, achevé, terminé, completado, afgerond, "
      "voltooid" },
    { WORD_FIELD, NULL, "outcome", "Ausgang, desenlace, uitkomst" },
    { WORD_FIELD, NULL, "result", "Prüfungsergebnis, Resultat, resultado, resultaat" },
    { WORD_FIELD, NULL, "intercultural",
      "cross-cultural, interkulturell, interculturel, interculturelle, intercultureel" },
    { WORD_FIELD, NULL, "observed",
      "beobachtet, observé, observée, observado, observada, geobserveerd" },
    { WORD_FIELD, NULL, "paid",
      "remunerated, bezahlt, vergütet, payé, payée, rémunéré, pagado, remunerado, betaald" },
    { WORD_FIELD, NULL, "course", "Kurs, curso, cursus" },
    { WORD_FIELD, NULL, "category", "Kategorie, catégorie, categoría" },
    { WORD_FIELD, NULL, "activity", "Aktivität, activité, actividad, activiteit" },
    { WORD_FIELD, NULL, "points", "Punkte, puntos, punten" },

    { WORD_KIND, NULL, "mediation", "mediations, mediación, mediatie, bemiddeling" },
    { WORD_KIND, NULL, "training",
      "course, Ausbildung, Schulung, formation, formación, opleiding" },
    { WORD_KIND, NULL, "assessment", "Beurteilung, Prüfung, évaluation, evaluación, beoordeling" },
    { WORD_KIND, NULL, "cpd",
      "continuing professional development, Fortbildung, Weiterbildung, formation continue, "
      "formación continua, nascholing, permanente educatie" },
    { WORD_KIND, NULL, "feedback", "Rückmeldung, retour d'expérience, terugkoppeling" },
    { WORD_KIND, NULL, "reference", "Referenz, referencia, referentie" },
    { WORD_KIND, NULL, "endorsement", "Empfehlung, recommandation, recomendación, aanbeveling" },

    { WORD_STANDING, NULL, "verified",
      "bestätigt, geprüft, vérifié, vérifiée, verificado, verificada, geverifieerd" },
    { WORD_STANDING, NULL, "claimed",
      "self-declared, unverified, angegeben, ungeprüft, déclaré, déclarée, declarado, declarada, "
      "opgegeven" },
    { WORD_STANDING, NULL, "rejected",
      "abgelehnt, rejeté, rejetée, rechazado, rechazada, afgewezen" },
    { WORD_STANDING, NULL, "withdrawn",
      "zurückgezogen, retiré, retirée, retirado, retirada, ingetrokken" },
    { WORD_STANDING, NULL, "duplicate",
      "Dublette, Duplikat, doublon, duplicado, duplicada, duplicaat" },

    { WORD_YES_NO, NULL, "yes", "y, true, 1, x, ja, j, wahr, oui, vrai, sí, verdadero, waar" },
    { WORD_YES_NO, NULL, "no", "n, false, 0, nein, falsch, non, faux, falso, nee, onwaar" },

    { WORD_VALUE, "role", "mediator",
      "Mediatorin, médiateur, médiatrice, mediador, mediadora, bemiddelaar" },
    { WORD_VALUE, "role", "conciliator",
      "Schlichter, Schlichterin, conciliateur, conciliatrice, conciliador, conciliadora" },
    { WORD_VALUE, "role", "adviser",
      "advisor, advocate, mediation advocate, mediation advisor, Berater, Beraterin, conseil, "
      "conseiller, conseillère, asesor, asesora, adviseur" },
    { WORD_VALUE, "role", "party", "Partei, partie, parte, partij" },
    { WORD_VALUE, "role", "observer",
      "Beobachter, Beobachterin, observateur, observatrice, observador, observadora, waarnemer" },
    { WORD_VALUE, "role", "trainee", "stagiaire" },
    { WORD_VALUE, "capacity", "sole", "alone, sole mediator, allein, seul, seule, solo, alleen" },
    { WORD_VALUE, "capacity", "lead", "leading, lead mediator, leitend, principal, leidend" },
    { WORD_VALUE, "capacity", "co",
      "co-mediator, co-mediation, Co-Mediatorin, comédiateur, comédiatrice, comediador, "
      "comediadora" },
    { WORD_VALUE, "capacity", "assistant",
      "assisting, Assistent, Assistentin, Assistenz, assistante, asistente" },
    { WORD_VALUE, "mode", "in-person",
      "face-to-face, f2f, in Präsenz, Präsenz, vor Ort, en présentiel, présentiel, presencial, "
      "fysiek, op locatie" },
    { WORD_VALUE, "mode", "online", "en ligne, en línea" },
    { WORD_VALUE, "mode", "hybrid", "hybride, híbrido, híbrida" },
    { WORD_VALUE, "scale", "full",
      "full-scale, vollständig, complet, complète, completo, completa, volledig" },
    { WORD_VALUE, "scale", "partial", "teilweise, partiel, partielle, parcial, gedeeltelijk" },
    { WORD_VALUE, "outcome", "agreement",
      "settled, settlement, Einigung, Vergleich, accord, acuerdo, akkoord, overeenstemming" },
    { WORD_VALUE, "outcome", "partial",
      "partial agreement, Teileinigung, accord partiel, acuerdo parcial" },
    { WORD_VALUE, "outcome", "none",
      "no agreement, keine Einigung, aucun accord, sans accord, sin acuerdo, geen akkoord" },
    { WORD_VALUE, "result", "pass", "passed, bestanden, réussi, aprobado, geslaagd" },
    { WORD_VALUE, "result", "fail", "failed, nicht bestanden, échoué, no aprobado, gezakt" },

    { WORD_UNIT, NULL, "h",
      "hr, hrs, hour, hours, Std, Stunde, Stunden, heure, heures, hora, horas, uur" },
    { WORD_UNIT, NULL, "min", "m, mins, minute, minutes, Minuten, minuto, minutos, minuut" },
};

const size_t word_row_count = ARRAY_LEN(word_rows);

/* The plain letters of U+00C0 to U+00DF; those of U+00E0 to U+00FF are the same but for two. */
static const char *const latin[32] = {
    "a", "a", "a", "a", "a", "a", "ae", "c",  "e", "e", "e", "e", "i", "i", "i",  "i",
    "d", "n", "o", "o", "o", "o", "o",  NULL, "o", "u", "u", "u", "u", "y", "th", "ss",
};

/* What a code point folds to, "" for nothing; NULL: itself. */
static const char *folds_to(uint32_t point)
{
    switch (point) {
    case ' ':
    case '\t':
    case '\n':
    case '\r':
    case '-':
    case '_':
    case '.':
    case ':':
    case '\'':
    case 0xa0:   /* no-break space */
    case 0x2010: /* hyphen */
    case 0x2011: /* no-break hyphen */
    case 0x2019: /* typographic apostrophe */
    case 0x202f: /* narrow no-break space */
        return "";
    case 0xff:
        return "y";
    case 0x152:
    case 0x153:
        return "oe";
    default:
        break;
    }
    if (point >= 0x300 && point < 0x370) /* accents on their own, as macOS writes them */
        return "";
    if (point >= 0xc0 && point <= 0xff)
        return latin[point & 0x1f];
    return NULL;
}

static bool add_folded(struct folded *folded, struct str s)
{
    if (s.n > FOLDED_MAX - folded->n)
        return false;
    memcpy(folded->at + folded->n, s.p, s.n);
    folded->n += s.n;
    return true;
}

static char lower_case(char c)
{
    if (c >= 'A' && c <= 'Z')
        return (char)(c - 'A' + 'a');
    return c;
}

bool word_fold(struct str s, struct folded *ret)
{
    struct folded folded = { .n = 0 };

    while (s.n > 0) {
        uint32_t point = 0;
        size_t length = str_code_point(s, &point);
        char lower = lower_case(s.p[0]);
        const char *to = length > 0 ? folds_to(point) : NULL;
        struct str own = { length > 1 ? s.p : &lower, length > 1 ? length : 1 };

        if (!add_folded(&folded, to ? str_from_c(to) : own))
            return false;
        s = str_drop(s, own.n);
    }
    *ret = folded;
    return true;
}

static bool same(const struct folded *a, const struct folded *b)
{
    return a->n == b->n && memcmp(a->at, b->at, a->n) == 0;
}

bool word_alike(struct str a, struct str b)
{
    struct folded x;
    struct folded y;

    return word_fold(a, &x) && word_fold(b, &y) && x.n > 0 && same(&x, &y);
}

struct str word_next(struct str *rest)
{
    struct str word;

    *rest = str_split(*rest, ',', &word);
    return str_trim(word);
}

static bool row_has(const struct word_row *row, const struct folded *folded)
{
    struct str rest = str_from_c(row->words);
    struct folded word;

    if (word_fold(str_from_c(row->means), &word) && same(&word, folded))
        return true;
    while (rest.p)
        if (word_fold(word_next(&rest), &word) && same(&word, folded))
            return true;
    return false;
}

struct str word_meaning(enum word_of of, struct str field, struct str word)
{
    struct folded folded;

    if (!word_fold(word, &folded) || folded.n == 0)
        return STR_NONE;
    for (size_t i = 0; i < word_row_count; i++) {
        const struct word_row *row = &word_rows[i];

        if (row->of == of && (!row->field || str_eq_c(field, row->field)) && row_has(row, &folded))
            return str_from_c(row->means);
    }
    return STR_NONE;
}
