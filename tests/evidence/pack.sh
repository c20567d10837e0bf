#!/bin/sh
# Evidence packs, judged by programs that are not ours: sha256sum, openssl, pdfsig, pdftotext.
#
#   tests/evidence/pack.sh PROGRAM
#
# Makes its own workspace and key in a temporary folder. Closes with a line `N passed, N failed`.
set -u
here=$(cd "$(dirname "$0")/../.." && pwd)
program=$(realpath "$1")
place=$(mktemp -d) || exit 3
trap 'rm -rf "$place"' EXIT
cd "$place" || exit 3
"$here/.ci/demo-key" "$place/key" || exit 3

. "$here/tests/tally.sh"

# pack STATUS WORDS OPTION…: how it ends, and with which words among its messages.
pack() {
    status=$1 words=$2
    shift 2
    ends "$status" "$words" "$program" evidence --key key/key.pem --cert key/cert.pem "$@"
}
nothing() { [ ! -e "$1" ] && [ ! -e ".$1.making" ]; }

# -- A small workspace: a document in force, a draft, records of two classes, two files -----------

mkdir -p content/records content/documents content/approved/bcp-001 content/files/exercises
cat >content/continuo.yaml <<'YAML'
title: Test
as_of: 2026-06-30
audiences:
  - {id: staff, title: Staff, clearance: internal}
  - {id: audit, title: Auditor, clearance: restricted}
YAML
cat >content/records/role.yaml <<'YAML'
- {id: ROL-001, title: Chief Executive, kind: governance, holder: PER-001, class: internal}
- {id: ROL-002, title: Continuity Manager, kind: governance, reports_to: ROL-001, holder: PER-002, class: internal}
YAML
cat >content/records/person.yaml <<'YAML'
- {id: PER-001, title: Ann Lee, class: internal}
- {id: PER-002, title: Bo Quist, class: internal}
YAML
cat >content/records/retention_rule.yaml <<'YAML'
- {id: RET-001, title: Documents, record_kind: Documents, keep: Ten years, class: internal}
YAML
echo 'Board of the exercise' >'content/files/exercises/Board (signed).TXT'
echo 'Board of the secret one' >content/files/exercises/board-signed.txt
board=$(sha256sum 'content/files/exercises/Board (signed).TXT' | cut -c 1-64)
cat >content/records/exercise.yaml <<YAML
- id: EXE-001
  title: Open exercise
  kind: tabletop
  planned: 2026-06-01
  held: 2026-06-02
  class: internal
  owner: ROL-002
  evidence:
    - {path: files/exercises/Board (signed).TXT, sha256: $board, kind: Board, date: 2026-06-02}
    - {path: files/exercises/board-signed.txt, kind: Copy}
    - {path: "Records vault, shelf 3", kind: Sheets}
- id: EXE-002
  title: UNSEEN exercise
  kind: tabletop
  planned: 2026-06-01
  held: 2026-06-03
  class: restricted
  evidence: {path: files/exercises/board-signed.txt, kind: Board}
YAML
cat >content/documents/plan.md <<'MD'
---
id: BCP-001
title: Claims plan
kind: plan
version: "1.0"
version_date: 2026-05-04
valid_from: 2026-06-01
prepared_by: ROL-002
approver: ROL-001
next_review: 2027-05-31
class: internal
distribution: ROL-001
retention: RET-001
revisions: [{date: 2026-05-04, version: "1.0", by: ROL-002, text: First issue}]
---
Call the desk.
MD
cp content/documents/plan.md content/approved/bcp-001/1.0.md
sed -e 's/BCP-001/BCP-002/' -e 's/Call the desk/Not yet agreed/' content/documents/plan.md >content/documents/draft.md
cat >content/records/approval.yaml <<'YAML'
- {id: APV-001, title: A, document: BCP-001, version: "1.0", approver: ROL-001, person: PER-001, date: 2026-06-02, text_sha256: da396774f64cc23b4fbc1383f850946c7481972fa9e8ad079d9708241c83c5e0}
YAML

# -- What it is for an auditor, and for staff ------------------------------------------------------

pack 0 "audit: for Auditor, signed by 'Demonstration key of continuo'" --pack audit --audience audit
pack 0 '2 documents and 2 files; 1 piece of evidence is kept elsewhere or missing' --pack sub/staff/ --audience staff
for folder in audit sub/staff; do
    check "$folder: its list holds" env -C "$folder" sha256sum --check --strict --quiet SHA256SUMS
    (cd "$folder" && find . -type f ! -name 'SHA256SUMS*' | cut -c 3- | LC_ALL=C sort) >there
    cut -c 67- "$folder/SHA256SUMS" | LC_ALL=C sort >listed
    check "$folder: its list names every file" cmp there listed
    check "$folder: its list is signed" openssl cms -verify -binary -inform DER -in "$folder/SHA256SUMS.p7s" \
        -content "$folder/SHA256SUMS" -CAfile key/cert.pem -purpose any -out /dev/null
    for pdf in $(find "$folder" -name '*.pdf'); do
        check "$pdf is sealed" sh -c "pdfsig '$pdf' 2>/dev/null | grep -q 'Signature is Valid'"
        check "$pdf is sealed whole" sh -c "pdfsig '$pdf' 2>/dev/null | grep -q 'Total document signed'"
        check "$pdf is sound" qpdf --check "$pdf"
    done
done
check 'a name that is taken gets a number' cmp audit/files/exe-001/board-signed-2.txt content/files/exercises/board-signed.txt
check 'the file itself' cmp audit/files/exe-001/board-signed.txt 'content/files/exercises/Board (signed).TXT'
check 'what is restricted is for the auditor' test -f audit/files/exe-002/board-signed.txt
check 'and not for staff' test ! -e sub/staff/files/exe-002
check 'no word of it is' sh -c 'for f in $(find sub/staff -name "*.pdf"); do pdftotext $f -; done | grep -c UNSEEN | grep -qx 0 && ! grep -rq UNSEEN sub/staff --include="*.csv"'
pdftotext -layout audit/evidence.pdf front.txt
check 'the front names its readers' grep -q 'Auditor' front.txt
check 'and what must be shown' grep -q 'MTPD' front.txt
check 'and gaps' grep -q 'Gaps: no exercise programme is recorded' front.txt
check 'and where the rest is kept' grep -q 'Kept elsewhere' front.txt
pdftotext -layout sub/staff/evidence.pdf front.txt
check 'that of staff tells of no gap' not grep -q 'Gaps:' front.txt
check 'and says why' grep -q 'may not see is not in it' front.txt
pdftotext audit/documents/bcp-002.pdf draft.txt
check 'a draft says that it is one' grep -q DRAFT draft.txt
pdftotext audit/documents/bcp-001.pdf plan.txt
check 'what is in force does not' not grep -q DRAFT plan.txt

# -- One clause ------------------------------------------------------------------------------------

pack 0 'one: for Auditor' --pack one --audience audit --clause 8.6
check 'without what is of other clauses' test ! -e one/files
check 'its data neither' not grep -q '^8.5' one/data/clauses.csv
check 'but its own' grep -q '^8.6' one/data/clauses.csv

# -- The text that holds ----------------------------------------------------------------------------

sed -i 's/Call the desk/NOBODY approved this/' content/documents/plan.md
pack 0 'now: for Auditor' --pack now --audience audit
pdftotext now/documents/bcp-001.pdf plan.txt
check 'a change that nobody approved is not handed out' not grep -q NOBODY plan.txt
cp content/approved/bcp-001/1.0.md content/documents/plan.md

# -- What is refused, and leaves nothing -------------------------------------------------------------

pack 2 'for whom is it?' --pack none
pack 2 'there is no such audience' --pack none --audience board
pack 2 'there is no clause 8.44' --pack none --audience audit --clause 8.44
"$program" evidence --pack none --audience audit >out 2>err
check 'a pack without a key' test $? = 2
pack 2 'only a pack is signed' --audience audit
mkdir full empty && echo mine >full/mine
pack 1 'error[PB9]' --pack full --audience audit
check 'what is there stays' grep -qx mine full/mine
pack 0 'empty/: for' --pack empty/ --audience audit
check 'an empty folder is filled' test -f empty/evidence.pdf
pack 1 'error[PB9]' --pack empty --audience audit
pack 3 'make this folder' --pack .. --audience audit
mkdir .none.making && echo stale >.none.making/stale
echo 'other words' >>'content/files/exercises/Board (signed).TXT'
pack 1 "error[PB10]: 'files/exercises/Board (signed).TXT' is not the file that 'EXE-001' records" --pack none --audience audit
check 'nothing is left' test ! -e none
rm 'content/files/exercises/Board (signed).TXT'
pack 0 "warning[PB11]: 'files/exercises/Board (signed).TXT', which 'EXE-001' names as its evidence, is not there" --pack none --audience audit
check 'what an earlier run left is gone' test ! -e .none.making -a ! -e none/stale
pdftotext -layout none/evidence.pdf front.txt
check 'the front says what is not in it' grep -q 'Not in this pack' front.txt
echo '- {id: EXE-009, title: Odd, kind: odd, planned: 2026-06-01}' >>content/records/exercise.yaml
pack 1 'error[X5]' --pack broken --audience audit
check 'of broken content nothing is made' nothing broken
chmod 500 sub && [ "$(id -u)" != 0 ] && pack 3 'make' --pack sub/new --audience audit
chmod 700 sub

closing
