package io.stead.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar's manifest, so that it stands in one place only. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"stead " + (version == null ? "(not packaged)" : version)};
    }
}
