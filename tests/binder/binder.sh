#!/bin/sh
# Crisis binders on paper: what is in them and for whom, numbered copies, pages to exchange,
# what is refused. Read with pdftotext, pdfinfo, pdfsig and qpdf.
#
#   tests/binder/binder.sh PROGRAM
#
# Makes its own workspace and key in a temporary folder. Closes with a line `N passed, N failed`.
set -u
here=$(cd "$(dirname "$0")/../.." && pwd)
program=$(realpath "$1")
place=$(mktemp -d) || exit 3
trap 'rm -rf "$place"' EXIT
cd "$place" || exit 3
"$here/.ci/demo-key" "$place/key" || exit 3
key='--key key/key.pem --cert key/cert.pem'

. "$here/tests/tally.sh"

# The words of a file of paper, its lines joined, so that a line may end anywhere.
read_words() { pdftotext -layout "$1" - | tr -s ' \n\f' ' ' >words; }
says() { check "$1 says '$2'" grep -qF -- "$2" words; }
says_not() { check "$1 does not say '$2'" not grep -qF -- "$2" words; }
pages() { pdfinfo "$1" | sed -n 's/^Pages: *//p'; }

# -- A small workspace: two sites, two teams, two plans, a closed scenario, a binder ----------------

mkdir -p content/records content/documents
cat >content/continuo.yaml <<'YAML'
title: Test
as_of: 2026-06-30
emergency: "112"
address: https://portal.example/bcms
crisis_line: +44 1632 960911
audiences:
  - {id: crisis, title: Crisis team, clearance: confidential}
  - {id: staff, title: Staff, clearance: internal}
classes:
  - {of: person, class: internal}
  - {of: role, class: internal}
  - {of: team, class: internal}
  - {of: site, class: internal}
  - {of: activity, class: internal}
  - {of: plan, class: internal}
YAML
cat >content/records/person.yaml <<'YAML'
- {id: PER-001, title: Ann Lee, phones: [{kind: work, number: +44 1632 960001}]}
- {id: PER-002, title: Bo Quist, phones: [{kind: work, number: +44 1632 960002}, {kind: home, number: +44 1632 960003, private: true}]}
YAML
cat >content/records/role.yaml <<'YAML'
- {id: ROL-001, title: Crisis lead, kind: crisis, decision_role: true, holder: PER-001, deputies: [PER-002], duties: Decide}
- {id: ROL-002, title: Site lead, kind: crisis, holder: PER-002, reports_to: ROL-001}
- {id: ROL-003, title: Log keeper, kind: crisis, reports_to: ROL-002, duties: Keep the log}
YAML
cat >content/records/team.yaml <<'YAML'
- {id: TEA-001, title: Crisis team, kind: crisis, lead: ROL-001, members: [ROL-003], meeting_primary: Boardroom, meeting_alternate: Inn}
- {id: TEA-002, title: Harbour team, kind: recovery, lead: ROL-002, meeting_primary: Quay}
YAML
cat >content/records/site.yaml <<'YAML'
- {id: SIT-001, title: Harbour House, address: Quay 1}
- {id: SIT-002, title: Hill Store, address: Hill 2}
- {id: SIT-003, title: Old Barn, address: Gone, status: withdrawn}
YAML
cat >content/records/unit.yaml <<'YAML'
- {id: UNT-001, title: Desk}
YAML
cat >content/records/activity.yaml <<'YAML'
- {id: ACT-001, title: Pay claims, unit: UNT-001, sites: SIT-001, rto: 4h, dependencies: [{on: SIT-001}]}
- {id: ACT-002, title: Keep stores, unit: UNT-001, sites: SIT-002, rto: 2d, dependencies: [{on: SIT-002}]}
YAML
cat >content/records/plan.yaml <<'YAML'
- {id: PLN-001, title: Harbour plan, kind: continuity, scope: ACT-001, teams: TEA-002, purpose: Pay from the quay}
- {id: PLN-002, title: Hill plan, kind: continuity, scope: ACT-002, teams: TEA-001, purpose: Sell from the hill}
YAML
cat >content/records/task.yaml <<'YAML'
- {id: TSK-001, title: Desk, plan: PLN-001, no: 1, text: Open the quay desk, done_by: ROL-002, duration: 30m, class: internal}
- {id: TSK-002, title: Stock, plan: PLN-002, no: 1, text: Move the stock, done_by: ROL-001, duration: 2h, class: internal}
YAML
cat >content/records/scenario.yaml <<'YAML'
- {id: SCN-001, title: Flood, loss: site, affects: SIT-001, plans: PLN-001, class: internal}
- {id: SCN-002, title: UNSEEN ransom, loss: ict, affects: SIT-002, plans: PLN-002, class: confidential}
YAML
cat >content/records/contact.yaml <<'YAML'
- {id: CON-001, title: Water works, kind: utility, phone: +44 1632 961001, account: Meter 77, class: internal}
- {id: CON-002, title: Negotiator, kind: other, phone: +44 1632 961002, class: confidential}
YAML
cat >content/records/form.yaml <<'YAML'
- {id: FRM-001, title: Situation log, kind: situation, columns: [Time, What], class: internal}
- {id: FRM-002, title: Twice, kind: action, columns: [Time, Time, Time 2], class: internal}
YAML
cat >content/documents/guide.md <<'MD'
---
id: GUI-001
title: Old guide
kind: guide
version: "1.0"
version_date: 2026-05-04
class: internal
withdrawn_on: 2026-06-01
---
OLD WAYS
MD
cat >content/documents/closed.md <<'MD'
---
id: GUI-002
title: Closed guide
kind: guide
version: "1.0"
version_date: 2026-05-04
class: confidential
copies: [{no: 1, holder: ROL-001, place: SIT-001, issued_version: "1.0", issued_on: 2026-06-22, received_on: 2026-06-23}]
---
CLOSED WAYS
MD
cat >content/records/binder.yaml <<'YAML'
- id: BND-001
  title: Binder
  audience: Crisis team
  version: "1.0"
  status: active
  class: internal
  return_to: Desk; +44 1632 960880
  tabs:
    - {mark: A, title: Start, sections: [how_to, teams, action_cards]}
    - {mark: B, title: Plans, sections: [plans, sites]}
    - {mark: C, title: Numbers, sections: [contacts, losses, forms]}
  copies:
    - {no: 1, holder: ROL-001, place: SIT-001, issued_version: "1.0", issued_on: 2026-06-22, received_on: 2026-06-23}
    - {no: 2, holder: ROL-002, place: SIT-002, issued_version: "1.0", issued_on: 2026-06-22, received_on: 2026-06-23}
    - {no: 3, holder: ROL-003, place: SIT-002, issued_version: "0.9", issued_on: 2026-01-22, received_on: 2026-01-23, destroyed_on: 2026-06-24}
- {id: BND-002, title: Site folder, audience: Staff, about: [SCN-002], status: active, class: internal, tabs: [{mark: 1, title: Plans, sections: [plans], documents: [GUI-001, GUI-002]}]}
- {id: BND-009, title: Closed, audience: Board, version: "1.0", status: active, class: confidential}
YAML

# -- Drafts: for whom, how much of it ---------------------------------------------------------------

ends 0 'all/: BND-001 for Crisis team' "$program" binder --audience crisis --into all
check 'each binder that is live' test -f all/bnd-009.pdf
read_words all/bnd-001.pdf
for word in DRAFT 'Is anybody in danger? Ring 112' 'Harbour plan' 'Hill plan' 'Open the quay desk' 'UNSEEN ransom' \
    '+44 1632 961002' 'If found, return to: Desk' 'Not a numbered copy' '· draft · confidential' Vacant 'This page is left empty'; do
    says all/bnd-001.pdf "$word"
done
says_not all/bnd-001.pdf '960003'
ends 0 'staff/: BND-001 for Staff' "$program" binder --audience staff --into staff
check 'one above their class is not printed' test ! -e staff/bnd-009.pdf
read_words staff/bnd-001.pdf
for word in UNSEEN Negotiator '961002' '960003'; do says_not staff/bnd-001.pdf "$word"; done
says staff/bnd-001.pdf 'Water works'
says staff/bnd-001.pdf 'Worked out from what this copy holds'

# A binder is narrow also where its readers may not see to what, and says what holds no more.
read_words staff/bnd-002.pdf
for word in UNSEEN 'Harbour plan' 'OLD WAYS' 'CLOSED WAYS' 'Closed guide'; do says_not staff/bnd-002.pdf "$word"; done
for word in 'Only what concerns not in this copy' 'GUI-001, Old guide: it holds no more' 'No plan is recorded'; do says staff/bnd-002.pdf "$word"; done
read_words all/bnd-002.pdf
for word in 'Only what concerns UNSEEN ransom' 'Hill plan' 'CLOSED WAYS'; do says all/bnd-002.pdf "$word"; done
says_not all/bnd-002.pdf 'Harbour plan'

# Who is above whom on the cards, and where the index leads.
sheet() { pdftotext -layout "$1" - | awk -v words="$2" 'BEGIN { RS = "\f" } index($0, words) { print }'; }
check 'a card names the superior' sh -c 'pdftotext -layout all/bnd-001.pdf - | grep -A 3 "^ *Log keeper$" | grep -q "Reports to: Site lead"'
check 'who has none names none' test "$(pdftotext all/bnd-001.pdf - | grep -c '^Reports to:')" = 1
index=$(pdftotext -layout all/bnd-001.pdf - | sed -n '/^ *Index$/,$p')
for person in 'Ann Lee' 'Bo Quist'; do
    for page in $(echo "$index" | sed -n "s/.*$person, \([A-Z]-[0-9]*\(, [A-Z]-[0-9]*\)*\).*/\1/p" | tr -d ','); do
        sheet all/bnd-001.pdf "Page $page of" >sheet.txt
        check "$person is on page $page" grep -q "$person" sheet.txt
    done
done
check 'the index names people' sh -c "echo '$index' | grep -q 'Ann Lee, A-'"

ends 0 'hill/: BND-001' "$program" binder BND-001 --audience crisis --for SIT-002 --into hill
read_words hill/bnd-001.pdf
says hill/bnd-001.pdf 'Hill plan'
for word in 'Harbour plan' 'Harbour team' 'Open the quay desk'; do says_not hill/bnd-001.pdf "$word"; done
says hill/bnd-001.pdf 'Water works'
ends 0 'flood/: BND-001' "$program" binder BND-001 --audience crisis --for 'SCN-001, ROL-001' --into flood
read_words flood/bnd-001.pdf
says flood/bnd-001.pdf 'Harbour plan'
says_not flood/bnd-001.pdf 'Hill Store'

for pdf in all/*.pdf staff/*.pdf hill/*.pdf flood/*.pdf; do
    check "$pdf is sound" qpdf --check "$pdf"
done

# -- Copies of an edition, and the pages to exchange --------------------------------------------------

same_pages() { # FILE FILE: those behind the tabs, since those in front name the copy
    grep -o '"label":"[A-Z]-[^}]*' "$1" >one
    grep -o '"label":"[A-Z]-[^}]*' "$2" >two
    cmp one two && test -s one
}
ends 0 'published edition 2026.1' "$program" publish 2026.1 --with-drafts $key
ends 0 'e1/: BND-001 copy 2 for Crisis team' "$program" binder --audience crisis --edition 2026.1 --copy all --into e1
check 'a copy that was destroyed needs none' test ! -e e1/bnd-001-copy-3.pdf
check 'nor a binder without copies' test ! -e e1/bnd-009.pdf
read_words e1/bnd-001-copy-2.pdf
says e1/bnd-001-copy-2.pdf 'Copy 2; 2 are out'
says e1/bnd-001-copy-2.pdf 'Site lead'
says_not e1/bnd-001-copy-2.pdf DRAFT
code() { # FILE: what a telephone reads on its first page
    pdftoppm -r 100 -l 1 -singlefile -png "$1" first && zbarimg -q --raw first.png 2>log
}
for pdf in e1/bnd-001-copy-2.pdf site/crisis/2026.1/binder/bnd-001.pdf; do
    check "$pdf leads to what is in force" test "$(code $pdf)" = https://portal.example/bcms/crisis/to/bnd-001/
done
check 'a draft leads nowhere' test -z "$(code all/bnd-001.pdf)"
pdftotext e1/bnd-001-copy-2.pdf - | sed -n 's/^Hash \([0-9a-f]\{8\}\)$/\1/p' >printed
grep -o '"sha256":"[0-9a-f]\{8\}' e1/bnd-001-copy-2.sheets.json | cut -d '"' -f 4 >listed
check 'each foot has the hash of its page' cmp printed listed
fields() { qpdf --json=2 --json-key=acroform "$1" | grep -o '"fullname": "[^"]*' | sort; }
check 'fields of one name are told apart' test "$(fields site/crisis/2026.1/forms/frm-002.pdf | uniq -d | wc -l)" = 0
check 'a form has its fields' test "$(fields site/crisis/2026.1/forms/frm-002.pdf | wc -l)" -gt 20
check 'as many pages as the master' test "$(pages e1/bnd-001-copy-2.pdf)" = "$(pages site/crisis/2026.1/binder/bnd-001.pdf)"
ends 0 'signed/: BND-001 copy 1' "$program" binder --audience crisis --edition 2026.1 --copy 1 --into signed $key
check 'a copy can be sealed' sh -c "pdfsig signed/bnd-001-copy-1.pdf | grep -q 'Signature is Valid'"
check 'the master is sealed' sh -c "pdfsig site/crisis/2026.1/binder/bnd-001.pdf | grep -q 'Signature is Valid'"
ends 0 'again/: BND-001 copy 2' "$program" binder --audience crisis --edition 2026.1 --copy 2 --into again
check 'the same bytes again' cmp e1/bnd-001-copy-2.pdf again/bnd-001-copy-2.pdf

ends 0 'part/: BND-001 copy 2' "$program" binder BND-001 --audience crisis --edition 2026.1 --copy 2 --for SIT-002 --into part
ends 0 'once/: BND-001 copy 2' "$program" binder BND-001 BND-001 --audience crisis --edition 2026.1 --copy 2,02 --into once
check 'what is named twice is printed once' test "$(ls once | wc -l)" = 2
ends 1 'the copy that it is compared with was made for SIT-002, and this one whole' "$program" binder BND-001 --audience crisis --edition 2026.1 --copy 2 --since part/bnd-001-copy-2.sheets.json --into late
# A document has numbered copies of the text that the edition has.
ends 0 'guide/: GUI-002 copy 1 for Crisis team' "$program" binder GUI-002 --audience crisis --edition 2026.1 --copy all --into guide
read_words guide/gui-002-copy-1.pdf
for word in 'CLOSED WAYS' 'Copy 1; 1 is out. Held by Crisis lead.'; do says guide/gui-002-copy-1.pdf "$word"; done
check 'with the code of the document' test "$(code guide/gui-002-copy-1.pdf)" = https://portal.example/bcms/crisis/to/gui-002/
ends 2 "'GUI-002' is no binder or document in the copy of this audience" "$program" binder GUI-002 --audience staff --copy all
ends 2 "'GUI-002' is a document" "$program" binder GUI-002 --audience crisis
ends 2 "'GUI-002' is a document" "$program" binder GUI-002 --audience crisis --copy 1 --since 2026.1
sed -i 's/CLOSED WAYS/OTHER WAYS/' content/documents/closed.md
ends 1 "the text of 'GUI-002' is not that of edition 2026.1" "$program" binder GUI-002 --audience crisis --edition 2026.1 --copy 1 --into guide2
ends 1 "the text of 'GUI-002' is not that of edition 2099.9" "$program" binder GUI-002 --audience crisis --edition 2099.9 --copy 1 --into guide2
check 'which is not printed' test ! -e guide2/gui-002-copy-1.pdf
sed -i 's/OTHER WAYS/CLOSED WAYS/' content/documents/closed.md
sed -i 's/961001/961777/' content/records/contact.yaml
ends 1 "error[PB13]: page C-2 of 'BND-001' is not that of edition 2026.1" "$program" binder BND-001 --audience crisis --edition 2026.1 --copy 1 --for SIT-001 --into late
ends 1 "error[PB13]: page C-2 of 'BND-001' is not that of edition 2026.1" "$program" binder --audience crisis --edition 2026.1 --copy 1 --into late
check 'which is not printed' test ! -e late/bnd-001-copy-1.pdf
ends 1 'and this copy would be as of 2026-07-01' "$program" binder BND-001 --audience crisis --edition 2026.1 --copy 1 --as-of 2026-07-01 --into late
sed -i 's/^  version: "1.0"$/  version: "1.1"/' content/records/binder.yaml
ends 0 'published edition 2026.2' "$program" publish 2026.2 --with-drafts $key
for seal in '' "$key"; do
    ends 0 'x/: BND-001 copy 2' "$program" binder BND-001 --audience crisis --edition 2026.2 --since 2026.1 --copy 2 --into x $seal
    read_words x/bnd-001-copy-2-exchange.pdf
    for word in 'from version 1.0 (2026.1, as of 2026-06-30) to version 1.1' 'C C-1 to C-2 C-1 to C-2' '+44 1632 961777' 'Page C-1 of 13'; do
        says x/bnd-001-copy-2-exchange.pdf "$word"
    done
    for word in 'Page A-' 'Page B-' 'Page C-3' 'Page C-9 of' 'Page C-13 of'; do says_not x/bnd-001-copy-2-exchange.pdf "$word"; done
    check 'the pages to exchange are sound' qpdf --check x/bnd-001-copy-2-exchange.pdf
done
check 'sealed too' sh -c "pdfsig x/bnd-001-copy-2-exchange.pdf | grep -q 'Signature is Valid'"
check 'the list of a copy is that of the edition' same_pages x/bnd-001-copy-2.sheets.json site/crisis/2026.2/binder/bnd-001.sheets.json
cp site/crisis/2026.2/binder/bnd-001.sheets.json held.json
ends 0 'same/: BND-001 copy 1' "$program" binder BND-001 --audience crisis --edition 2026.2 --since held.json --copy 1 --into same
read_words same/bnd-001-copy-1-exchange.pdf
says same/bnd-001-copy-1-exchange.pdf 'No page behind a tab is new'

# -- What is refused -----------------------------------------------------------------------------------

ends 2 'for whom is it?' "$program" binder
ends 2 "no binder has a copy '99'" "$program" binder --audience crisis --copy 1,99
ends 2 'no binder has a copy' "$program" binder BND-009 --audience crisis --copy all
ends 2 "'BND-009' is no binder or document in the copy of this audience" "$program" binder BND-009 --audience staff
ends 2 "no binder has a copy '3' that is out or to be issued" "$program" binder --audience crisis --copy 3
ends 2 "'SIT-003' holds no more" "$program" binder --audience crisis --for SIT-003
ends 2 "'PER-001' is no site, team, role or scenario" "$program" binder --audience crisis --for PER-001
ends 2 '--for takes at most 64' "$program" binder --audience crisis --for "$(yes SIT-001 | head -n 65 | tr '\n' ',')"
ends 1 'error[PB12]' "$program" binder BND-001 --audience crisis --since 2020.1 --into none
echo '{"binder": "BND-001", "sheets": [{"label": 7}]}' >broken.json
ends 1 'does not list the pages of a binder' "$program" binder BND-001 --audience crisis --since broken.json --into none
ends 1 "'held.json' lists the pages of 'BND-001', not of 'BND-009'" "$program" binder BND-009 --audience crisis --since held.json --into none
ends 1 'error' "$program" binder --audience crisis --edition 2030.9 --copy 1 --into none
check 'nothing came of it' sh -c '! ls none/*.pdf'
: >file
ends 3 'write to this folder' "$program" binder --audience crisis --into file/in

closing
