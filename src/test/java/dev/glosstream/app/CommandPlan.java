package dev.glosstream.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What becomes of a command that the documents show, as {@code documented-commands.txt} says.
 *
 * @param command as the documents show it
 * @param run whether it is run from here
 * @param replaced what is written in its places, in order
 * @param more arguments that shorten it
 * @param prints what its output holds
 * @param elsewhere files that run it → what shows that they do
 * @param reasons why it is not run
 */
record CommandPlan(
        String command,
        boolean run,
        Map<String, String> replaced,
        String more,
        List<String> prints,
        Map<Path, String> elsewhere,
        List<String> reasons) {
    private static final Path FILE = Path.of("src/test/resources/documented-commands.txt");

    /** Returns the plans of all commands, in the order in which they are run. */
    static List<CommandPlan> all() {
        List<CommandPlan> plans = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        String command = "";
        for (String line : ShownCommands.read(FILE).lines().toList()) {
            if (line.startsWith("  ")) {
                notes.add(line.strip());
            } else if (!line.isBlank() && !line.startsWith("#")) {
                addTo(plans, command, notes);
                command = line;
                notes = new ArrayList<>();
            }
        }
        addTo(plans, command, notes);
        return plans;
    }

    private static void addTo(List<CommandPlan> plans, String command, List<String> notes) {
        if (!command.isEmpty()) {
            plans.add(of(command, notes));
        }
    }

    private static CommandPlan of(String command, List<String> notes) {
        Map<String, String> replaced = new LinkedHashMap<>();
        Map<Path, String> elsewhere = new LinkedHashMap<>();
        List<String> prints = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        String more = "";
        boolean run = false;
        for (String note : notes) {
            String[] words = note.split(" ", 2);
            String rest = words.length == 1 ? "" : words[1];
            run |= List.of("run", "with", "plus:", "prints:").contains(words[0]);
            switch (words[0]) {
                case "run" -> {}
                case "with" -> replaced.put(part(rest, " = ", 0), part(rest, " = ", 1));
                case "plus:" -> more = " " + rest;
                case "prints:" -> prints.add(rest);
                case "by" -> elsewhere.put(Path.of(part(rest, ": ", 0)), part(rest, ": ", 1));
                case "not:" -> reasons.add(rest);
                default -> throw new AssertionError(command + ": expected a known note, got '" + note + "'");
            }
        }
        return new CommandPlan(command, run, replaced, more, prints, elsewhere, reasons);
    }

    private static String part(String text, String separator, int index) {
        int at = text.indexOf(separator);
        if (at < 0) {
            throw new AssertionError("expected '" + separator + "' in '" + text + "'");
        }
        return index == 0 ? text.substring(0, at) : text.substring(at + separator.length());
    }

    /** Returns the command as it is run. */
    String written() {
        String written = command + more;
        for (Map.Entry<String, String> place : replaced.entrySet()) {
            if (!written.contains(place.getKey())) {
                throw new AssertionError(command + ": expected '" + place.getKey() + "' in it, got none");
            }
            written = written.replace(place.getKey(), place.getValue());
        }
        return written.startsWith("glosstream ") ? "./" + written : written;
    }
}
