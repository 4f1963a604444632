// SPDX-License-Identifier: Apache-2.0
package org.dnsprism.tests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** The modules know each other in one direction, and the classifier knows nothing of the world. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("org.dnsprism");

  @Test
  void captureKnowsNeitherClassifierNorPipeline() {
    check(
        noClasses()
            .that()
            .resideInAPackage("org.dnsprism.capture..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.dnsprism.classifier..", "org.dnsprism.pipeline.."));
  }

  @Test
  void classifierKnowsNeitherCaptureNorPipeline() {
    check(
        noClasses()
            .that()
            .resideInAPackage("org.dnsprism.classifier..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.dnsprism.capture..", "org.dnsprism.pipeline.."));
  }

  @Test
  void nothingButTheDemosBrokerKnowsKafkasServer() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("org.dnsprism.broker..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "kafka..", "org.apache.kafka.server..", "org.apache.kafka.metadata.."));
  }

  @Test
  void classifierKnowsNoFileSocketOrThread() {
    check(
        noClasses()
            .that()
            .resideInAPackage("org.dnsprism.classifier..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "java.nio.file..", "java.nio.channels..", "java.util.concurrent.atomic")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Executor.class)
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.File.*|java\\.net\\.(.*Socket.*|URL.*|http\\..*)"));
  }

  @Test
  void classifierKnowsNoClock() {
    check(
        noClasses()
            .that()
            .resideInAPackage("org.dnsprism.classifier..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Clock")
            .orShould()
            .callMethod(java.time.LocalDate.class, "now")
            .orShould()
            .callMethod(java.time.Instant.class, "now"));
  }

  @Test
  void packagesOfAModuleHaveNoCycles() {
    check(slices().matching("org.dnsprism.capture.(*)..").should().beFreeOfCycles());
    check(slices().matching("org.dnsprism.classifier.(*)..").should().beFreeOfCycles());
    check(slices().matching("org.dnsprism.pipeline.(*)..").should().beFreeOfCycles());
  }

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }
}
