package dev.glosstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** What comes to everybody who depends on this project. */
class DependenciesTest {
    private static final Set<String> FOR_USERS = Set.of(
            "org.apache.kafka:kafka-streams",
            "org.apache.avro:avro",
            "ai.djl:api",
            "ai.djl.pytorch:pytorch-engine",
            "ai.djl.pytorch:pytorch-jni",
            "ai.djl.pytorch:pytorch-native-cpu",
            "com.fasterxml.jackson.core:jackson-core",
            "com.fasterxml.jackson.core:jackson-databind",
            "org.jspecify:jspecify",
            "org.slf4j:slf4j-api");

    /** One dependency of the pom. */
    private record Dependency(String name, String scope, boolean optional) {
        static Dependency of(Element element) {
            return new Dependency(
                    child(element, "groupId") + ":" + child(element, "artifactId"),
                    child(element, "scope"),
                    child(element, "optional").equals("true"));
        }

        boolean isForUsers() {
            return !optional && !scope.equals("test") && !scope.equals("provided");
        }
    }

    @Test
    void shouldBringUsersNoMoreThanTheyNeed() throws Exception {
        assertThat(dependencies())
                .filteredOn(Dependency::isForUsers)
                .extracting(Dependency::name)
                .as("anything else is <optional>true</optional>: a user of the library never downloads it")
                .containsExactlyInAnyOrderElementsOf(FOR_USERS);
    }

    @Test
    void shouldNotConfigureTheLogOfUsers() {
        assertThat(Path.of("src/main/resources"))
                .as("what lies at the root of the jar is found by every logging backend of its users")
                .isDirectoryNotContaining("glob:**/{log4j2,logback,simplelogger}*");
    }

    private static List<Dependency> dependencies() throws Exception {
        Element project = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("pom.xml").toFile())
                .getDocumentElement();
        List<Dependency> found = new ArrayList<>();
        for (Element list : children(project, "dependencies")) {
            children(list, "dependency").forEach(element -> found.add(Dependency.of(element)));
        }
        return found;
    }

    private static String child(Element element, String name) {
        List<Element> found = children(element, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent().trim();
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
