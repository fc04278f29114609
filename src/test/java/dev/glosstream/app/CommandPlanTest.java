package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every command of the documents is run by a test, or the plan says why not. */
class CommandPlanTest {
    private final List<CommandPlan> plans = CommandPlan.all();

    @Test
    void shouldPlanExactlyTheCommandsThatTheDocumentsShow() {
        assertThat(plans).extracting(CommandPlan::command).doesNotHaveDuplicates();
        assertThat(ShownCommands.all())
                .containsExactlyInAnyOrderElementsOf(
                        plans.stream().map(CommandPlan::command).toList())
                .hasSizeGreaterThan(50);
    }

    @Test
    void shouldSayOneThingOfEachCommand() {
        assertThat(plans).allSatisfy(plan -> {
            int said = (plan.run() ? 1 : 0)
                    + plan.elsewhere().size()
                    + plan.reasons().size();
            assertThat(said).as(plan.command()).isEqualTo(1);
            assertThat(plan.reasons()).allSatisfy(reason -> assertThat(reason).contains(" "));
        });
        assertThat(plans).filteredOn(CommandPlan::run).hasSizeGreaterThan(25).allSatisfy(plan -> assertThat(
                        plan.written())
                .doesNotContain("…"));
    }

    @Test
    void shouldNameFilesThatRunWhatTheyAreSaidToRun() {
        for (CommandPlan plan : plans) {
            plan.elsewhere().forEach((file, fragment) -> assertThat(ShownCommands.read(file))
                    .as("%s: %s", plan.command(), file)
                    .contains(fragment));
        }
        ShownCommands.RUN_WHOLE.forEach((document, runner) -> {
            String name = document.getFileName().toString();
            assertThat(ShownCommands.read(Path.of(runner)))
                    .as(runner)
                    .containsAnyOf("\"" + document + "\"", "\"" + name.replace(".md", "") + "\"");
        });
    }
}
