package dev.glosstream;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.glosstream.infer.EngineSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may use whom. A new package or an exception to a rule is a change of the design: say why in the rule. */
@AnalyzeClasses(packages = "dev.glosstream", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "dev.glosstream";
    private static final List<String> STAGES = List.of("ingest", "tokenize", "batch", "infer", "label", "emit");
    private static final int RULES = 17;

    @ArchTest
    static final ArchRule STAGES_DO_NOT_KNOW_ONE_ANOTHER = slices().assignedFrom(new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                    return STAGES.stream()
                            .filter(stage -> resideInAPackage(within(stage)).test(type))
                            .findFirst()
                            .map(SliceIdentifier::of)
                            .orElseGet(SliceIdentifier::ignore);
                }

                @Override
                public String getDescription() {
                    return "stages";
                }
            })
            .should()
            .notDependOnEachOther()
            .because("what two stages share lives in sequence; pipeline and topology put them together");

    @ArchTest
    static final ArchRule SHARED_VALUES_DEPEND_ON_NOTHING = noClasses()
            .that()
            .resideInAPackage(within("sequence"))
            .should()
            .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAPackage(within("sequence")))))
            .because("values that cross stages are plain Java, and every stage knows them");

    @ArchTest
    static final ArchRule CONFIG_AND_MODEL_KNOW_VALUES_ONLY = noClasses()
            .that()
            .resideInAnyPackage(within("config"), within("model"))
            .should()
            .dependOnClassesThat(resideInAPackage(ROOT + "..")
                    .and(not(resideInAnyPackage(within("sequence"), within("config"), within("model")))))
            .because("settings and bundles can be read without a pipeline");

    @ArchTest
    static final ArchRule STAGES_KNOW_NO_PIPELINE = noClasses()
            .that()
            .resideInAnyPackage(STAGES.stream().map(ArchitectureTest::within).toArray(String[]::new))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT,
                    within("pipeline"),
                    within("window"),
                    within("enricher"),
                    within("topology"),
                    within("train"),
                    within("app"))
            .because("a stage can be used and tested by itself");

    @ArchTest
    static final ArchRule THE_PIPELINE_KNOWS_NO_RUNTIME = noClasses()
            .that()
            .resideInAPackage(within("pipeline"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT,
                    within("window"),
                    within("enricher"),
                    within("topology"),
                    within("train"),
                    within("app"),
                    within("emit"))
            .because("the same stages label standard input, corpora and topics");

    @ArchTest
    static final ArchRule ONLY_THE_APP_KNOWS_TRAINING = noClasses()
            .that()
            .resideOutsideOfPackages(within("train"), within("app"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(within("train"))
            .because("serving must not need what training needs");

    @ArchTest
    static final ArchRule TRAINING_KNOWS_NO_TOPOLOGY = noClasses()
            .that()
            .resideInAPackage(within("train"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT, within("window"), within("enricher"), within("topology"), within("app"))
            .because("training runs without Kafka");

    @ArchTest
    static final ArchRule NOBODY_KNOWS_THE_APP = noClasses()
            .that()
            .resideOutsideOfPackage(within("app"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(within("app"))
            .because("the command line is the outermost layer");

    @ArchTest
    static final ArchRule NOBODY_KNOWS_THE_TEST_KIT = noClasses()
            .that()
            .resideOutsideOfPackage(within("testkit"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(within("testkit"), "org.apache.kafka.streams.test..")
            .because("it stands on a library that only tests have");

    @ArchTest
    static final ArchRule KAFKA_STAYS_AT_THE_ENDS = noClasses()
            .that()
            .resideOutsideOfPackages(
                    ROOT, within("window"), within("enricher"), within("topology"), within("testkit"), within("app"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "kafka..")
            .because("the stages run without Kafka");

    @ArchTest
    static final ArchRule DJL_STAYS_IN_INFER_AND_TRAIN = noClasses()
            .that()
            .resideOutsideOfPackages(within("infer"), within("train"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl..")
            .because("native memory has few owners");

    @ArchTest
    static final ArchRule AVRO_STAYS_AT_THE_ENDS = noClasses()
            .that()
            .resideOutsideOfPackages(
                    within("avro"),
                    within("registry"),
                    within("ingest"),
                    within("emit"),
                    within("window"),
                    within("enricher"),
                    within("topology"),
                    within("testkit"),
                    within("app"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.avro..", within("avro"))
            .because("records on the wire are no values of the stages; app feeds and prints them");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().because("packages are layers");

    @ArchTest
    static final ArchRule ONLY_THE_APP_READS_ITS_SURROUNDINGS = noClasses()
            .that()
            .resideOutsideOfPackages(within("app"), within("avro"))
            .and()
            .doNotBelongToAnyOf(EngineSettings.class)
            .and()
            .doNotHaveSimpleName("ThreadShare")
            .should()
            .accessTargetWhere(readsSurroundings())
            .because("clock, environment and system properties come in as arguments, so that everything can be tested;"
                    + " Kafka Streams has context.currentSystemTimeMs(); DJL is set by system properties alone; ThreadShare"
                    + " measures the models, and Kafka Streams' clock stands still meanwhile");

    @ArchTest
    static final ArchRule METERS_AND_SPANS_STAY_IN_TELEMETRY_AND_APP = noClasses()
            .that()
            .resideOutsideOfPackages(within("telemetry"), within("app"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..", "io.opentelemetry..", "io.prometheus..")
            .because("the stages tell an interface what they do; a library user needs neither");

    @ArchTest
    static final ArchRule ONLY_THE_WEB_KNOWS_ITS_SERVER = noClasses()
            .that()
            .resideOutsideOfPackage(within("web"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.jetty..")
            .because("a route is a function from a query to an answer");

    @ArchTest
    static final ArchRule WATCHING_NEEDS_VALUES_ONLY = noClasses()
            .that()
            .resideInAPackage(within("observe"))
            .should()
            .dependOnClassesThat(
                    resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(within("sequence"), within("observe")))))
            .because("every stage may be watched");

    private static String within(String name) {
        return ROOT + "." + name + "..";
    }

    private static DescribedPredicate<JavaAccess<?>> readsSurroundings() {
        Set<String> ofSystem = Set.of("getenv", "getProperty", "getProperties", "currentTimeMillis", "nanoTime");
        Set<String> ofClock = Set.of("systemUTC", "systemDefaultZone", "system", "tickMillis", "tickSeconds");
        return DescribedPredicate.describe("read the clock, the environment or system properties", access -> {
            String owner = access.getTargetOwner().getName();
            String name = access.getName();
            return (owner.equals("java.lang.System") && ofSystem.contains(name))
                    || (owner.equals("java.time.Clock") && ofClock.contains(name))
                    || (owner.startsWith("java.time.") && name.equals("now"))
                    || (owner.equals("java.lang.Boolean") && name.equals("getBoolean"))
                    || (Set.of("java.lang.Integer", "java.lang.Long").contains(owner)
                            && Set.of("getInteger", "getLong").contains(name));
        });
    }

    @Test
    void shouldCountItsRules() {
        long rules = Arrays.stream(ArchitectureTest.class.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(ArchTest.class))
                .count();

        assertThat(rules).as("a rule that is not annotated does not run").isEqualTo(RULES);
    }
}
