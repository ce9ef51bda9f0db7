package io.stead.it.arch;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The project's own classes, without its tests; read once for all rules. */
final class House {

    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.stead");

    /** The packages of the module {@code common}. */
    static final String[] COMMON = {
        "io.stead.model..", "io.stead.plan..", "io.stead.reconcile..", "io.stead.audit..", "io.stead.simulate.."
    };

    /** Those of them that decide or are decided upon: values and pure functions, and nothing else. */
    static final String[] PURE = {"io.stead.model..", "io.stead.plan..", "io.stead.reconcile..", "io.stead.audit.."};

    private House() {}
}
