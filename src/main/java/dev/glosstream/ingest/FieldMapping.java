package dev.glosstream.ingest;

import dev.glosstream.config.FieldPath;
import dev.glosstream.config.SourceFields;
import dev.glosstream.sequence.EventFields;
import dev.glosstream.sequence.EventText;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.Rejection;
import dev.glosstream.sequence.RejectionReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The paths of a source, and how what they lead to becomes the fields of an event. Immutable; any thread may share one. */
final class FieldMapping {
    /** Bounds the work that one record can make. */
    static final int MOST_TEXTS = 1000;

    private final SourceFields fields;
    private final List<FieldPath> paths = new ArrayList<>();
    private final PathTree tree;
    private final int reserved;

    /**
     * Creates a mapping.
     *
     * @param reservedField name of a field at the top that must not be there; empty if any may
     */
    FieldMapping(SourceFields fields, String reservedField) {
        this.fields = fields;
        paths.addAll(fields.texts());
        fields.id().ifPresent(paths::add);
        fields.language().ifPresent(paths::add);
        fields.time().ifPresent(paths::add);
        paths.addAll(fields.attributes().values());
        reserved = reservedField.isEmpty() ? -1 : paths.size();
        if (reserved >= 0) {
            paths.add(new FieldPath(List.of(new FieldPath.Step(reservedField)), true));
        }
        this.tree = PathTree.of(paths);
    }

    /** Returns where a walk starts. */
    PathTree tree() {
        return tree;
    }

    /** Returns where a walk over one record notes what it finds. */
    Findings newFindings() {
        return new Findings(paths);
    }

    /** Returns the fields of an event, or why it is refused. */
    Outcome<EventFields> read(Findings findings, InputRecord record) {
        Reading reading = new Reading(findings);
        if (reserved >= 0) {
            reading.requireFree(reserved);
        }
        List<EventText> texts = reading.texts(fields.texts());
        int next = fields.texts().size();
        Optional<String> id = fields.id().isPresent() ? reading.scalar(next++) : Optional.empty();
        Optional<String> language = fields.language().isPresent() ? reading.scalar(next++) : Optional.empty();
        Optional<Long> time = fields.time().isPresent() ? reading.time(next++) : Optional.empty();
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String name : fields.attributes().keySet()) {
            reading.scalar(next++).ifPresent(value -> attributes.put(name, value));
        }
        return reading.rejection.isPresent()
                ? new Outcome.Rejected<>(reading.rejection.get())
                : Outcome.accepted(new EventFields(
                        id.orElseGet(() -> RecordId.of(record)),
                        texts,
                        fields.hasSeveralTexts(),
                        language,
                        time.or(() -> Optional.of(record.source().timestampMs())),
                        attributes));
    }

    /** Turns the findings of one record into values; keeps the first reason to refuse it. */
    private final class Reading {
        private final Findings findings;
        private Optional<Rejection> rejection = Optional.empty();

        Reading(Findings findings) {
            this.findings = findings;
        }

        void requireFree(int path) {
            for (Finding finding : findings.of(path)) {
                if (finding.kind() == Finding.Kind.MISSING) {
                    continue;
                }
                // Only the walk over a JSON document reserves a field: a schema tells it before.
                refuse(
                        RejectionReason.NOT_APPENDABLE,
                        finding.path().equals("$")
                                ? "value: expected a JSON object that takes a field, got "
                                        + finding.kind().words()
                                : "field '" + finding.path() + "': expected none, because the labels are to be appended"
                                        + " under this name (output.field), got one");
            }
        }

        List<EventText> texts(List<FieldPath> wanted) {
            List<EventText> texts = new ArrayList<>();
            for (int path = 0; path < wanted.size(); path++) {
                boolean optional = wanted.get(path).optional();
                for (Finding finding : findings.of(path)) {
                    if (finding.isText()) {
                        texts.add(new EventText(finding.path(), finding.text(), optional));
                    } else {
                        refuseUnlessOptional(path, finding, "a text");
                    }
                }
            }
            if (texts.isEmpty()) {
                refuse(RejectionReason.MISSING_FIELD, "texts: expected at least one at " + wanted + ", got none");
            } else if (texts.size() > MOST_TEXTS) {
                refuse(
                        RejectionReason.TOO_MANY_TEXTS,
                        "texts: expected at most " + MOST_TEXTS + " in one event, got more");
            }
            return texts;
        }

        Optional<String> scalar(int path) {
            Finding finding = findings.of(path).get(0);
            if (!finding.isScalar()) {
                refuseUnlessOptional(path, finding, "a text, a number, a time or true or false");
                return Optional.empty();
            }
            if (isLeftOut(path, finding)) {
                return Optional.empty();
            }
            if (!UnicodeRules.isWellFormed(finding.text())) {
                refuse(
                        RejectionReason.MALFORMED_TEXT,
                        "path '" + finding.path() + "': expected well-formed Unicode, got half a surrogate pair");
                return Optional.empty();
            }
            return Optional.of(finding.text());
        }

        Optional<Long> time(int path) {
            Finding finding = findings.of(path).get(0);
            if (finding.kind().isNothing()) {
                refuseUnlessOptional(path, finding, EventTime.WORDS);
                return Optional.empty();
            }
            if (isLeftOut(path, finding)) {
                return Optional.empty();
            }
            Optional<Long> time = finding.atEnd() ? EventTime.read(finding) : Optional.empty();
            if (time.isEmpty()) {
                refuse(
                        RejectionReason.WRONG_FIELD,
                        "path '" + finding.path() + "': expected " + EventTime.WORDS + ", got "
                                + finding.kind().words() + (finding.kind().isScalar() ? " that is none" : ""));
            }
            return time;
        }

        private boolean isLeftOut(int path, Finding finding) {
            return finding.isText()
                    && finding.text().isBlank()
                    && paths.get(path).optional();
        }

        private void refuseUnlessOptional(int path, Finding finding, String wanted) {
            boolean nothing = finding.kind().isNothing();
            if (nothing && paths.get(path).optional()) {
                return;
            }
            String whole = paths.get(path).path();
            String place = finding.path().equals(whole) ? "" : " at '" + finding.path() + "'";
            refuse(
                    nothing ? RejectionReason.MISSING_FIELD : RejectionReason.WRONG_FIELD,
                    "path '" + whole + "': expected " + wanted + ", got "
                            + finding.kind().words() + place);
        }

        private void refuse(RejectionReason reason, String detail) {
            if (rejection.isEmpty()) {
                rejection = Optional.of(new Rejection(reason, detail));
            }
        }
    }
}
