package io.stead.schema.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.stead.model.Epoch;
import io.stead.model.service.ServiceAssignment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong is said in words that an operator can act upon. */
final class BadDataTest {
    private static final String LIFE = "'node':'n1','incarnation':'1f'";
    private static final String OWNER = LIFE
            + ",'generation':1,'exclusive':true,'stopGrace':'0s','since':'2025-01-31T12:00:00Z','started':'2025-01-31T12:00:00Z'";

    private static final String TOO_DEEP = "field x" + "[0]".repeat(15) + ": nested deeper than 16";

    static List<Arguments> anything() {
        return List.of(
                arguments("", "there is no data"),
                arguments("  \n", "there is no data"),
                arguments("junk", "not JSON: line 1, column 1"),
                arguments("{'v':1,", "not JSON: line 1, column 8"),
                arguments("{'v':1} {}", "there is something after the end of the object"),
                arguments("[]", "the data is a list, not an object"),
                arguments("null", "the data is null, not an object"),
                arguments("\ufeff{'v':1}", "not JSON: line 1, column 1"),
                arguments("{}", "field v is missing"),
                arguments("{'v':'1'}", "field v is a text, not a whole number"),
                arguments("{'v':1.0}", "field v is a fraction, not a whole number"),
                arguments("{'v':0}", "there is no version 0: the first is 1"),
                arguments("{'v':2,'number':'new'}", "written by a newer version (v 2): upgrade this agent"),
                arguments("{'v':1,'v':1}", "field v appears twice"),
                arguments("{'v':1,'x':{'a\\n':1,'a\\n':1}}", "field x.a\\u000a appears twice"),
                arguments("{'v':1,'x':[0,{'a':1,'a':1}]}", "field x[1].a appears twice"),
                arguments("{'v':1,'x':" + "[".repeat(16) + "]".repeat(16) + "}", TOO_DEEP),
                arguments("{'v':1,'x':" + "[".repeat(20_000), TOO_DEEP),
                arguments("{'v':1}", "field number is missing"),
                arguments("{'v':1,'number':null}", "field number is null, not a whole number"),
                arguments("{'v':1,'number':-3}", "epoch -3 is negative"),
                arguments(
                        "{'v':1,'number':9223372036854775808}",
                        "field number is a number beyond 64 bits, not a whole number"));
    }

    @ParameterizedTest
    @MethodSource("anything")
    void dataOfAnyRecord_isTold(String json, String why) {
        assertThat(why(Codecs.EPOCH, json)).isEqualTo(why);
    }

    static List<Arguments> records() {
        return List.of(
                arguments(Codecs.MEMBER, LIFE, "field bootId is missing"),
                arguments(
                        Codecs.MEMBER,
                        "'node':'N1'",
                        "field node: " + "node name \"N1\": use 1 to 63 of a-z 0-9 . _ -,"
                                + " beginning with a letter or digit"),
                arguments(
                        Codecs.MEMBER,
                        "'node':'n1','incarnation':'0x1'",
                        "field incarnation: \"0x1\" is not an incarnation in hexadecimal"),
                arguments(Codecs.MEMBER, LIFE + ",'bootId':'','control':{}", "field control is an object, not a list"),
                arguments(
                        Codecs.MEMBER,
                        LIFE + ",'bootId':'','control':['',7]",
                        "field control[1] is a number, not a text"),
                arguments(
                        Codecs.MEMBER,
                        LIFE + ",'bootId':'','attributes':[]",
                        "field attributes is a list, not an object"),
                arguments(
                        Codecs.MEMBER,
                        LIFE + ",'bootId':'','attributes':{'rack':7}",
                        "field attributes.rack is a number, not a text"),
                arguments(Codecs.NODE_STATUS, LIFE + ",'ok':1", "field ok is a number, not true or false"),
                arguments(Codecs.NODE_STATUS, LIFE + ",'ok':true,'load':-1,'wantsLeave':false", "load -1 is negative"),
                arguments(
                        Codecs.NODE_STATUS,
                        LIFE + ",'ok':true,'load':2147483648",
                        "field load is 2147483648, beyond 32 bits"),
                arguments(Codecs.HOLDING, "'service':'s'," + LIFE, "field generation is missing"),
                arguments(
                        Codecs.HOLDING,
                        "'service':'s'," + LIFE + ",'generation':1,'state':'ONLINE\\n'",
                        "field state: \"ONLINE\\u000a\" is none of acquiring, online, releasing, release-failed,"
                                + " stopped, failed, unknown, lost, failing, killed, free"),
                arguments(
                        Codecs.MEMBERSHIP, "'states':[{" + state() + "},{" + state() + "}]", "node n1 has two states"),
                arguments(Codecs.MEMBERSHIP, "'states':[{" + state() + "},{}]", "field states[1].node is missing"),
                arguments(
                        Codecs.NODE_OVERRIDE,
                        "'node':'n1','quiesced':false,'drained':true,'author':'','reason':'','since':'2025-01-31T12:00:00Z'",
                        "a drained node is a quiesced one"),
                arguments(
                        Codecs.NODE_OVERRIDE,
                        "'node':'n1','quiesced':false,'drained':false,'author':'','reason':''," + "'since':'yesterday'",
                        "field since: \"yesterday\" is not a time such as 2025-01-31T12:00:00Z"),
                arguments(
                        Codecs.SERVICE_SPEC,
                        "'name':'s','stopGrace':'1.5s'",
                        "field stopGrace: duration \"1.5s\":"
                                + " write a whole number with ms, s, m, h or d, such as 30s"),
                arguments(
                        Codecs.SERVICE_SPEC,
                        "'name':'s','parent':'s','stopGrace':'0s','critical':true",
                        "service s: it can't be its own parent"),
                arguments(
                        Codecs.SERVICE_SPEC,
                        "'name':'s','actions':{'stop':{'timeout':'1s'}}",
                        "field actions.stop: one of run, systemd and ocf is needed, not 0"),
                arguments(
                        Codecs.SERVICE_SPEC,
                        "'name':'s','actions':{'stop':{'run':'a','ocf':'a:b','timeout':'1s'}}",
                        "field actions.stop: one of run, systemd and ocf is needed, not 2"),
                arguments(
                        Codecs.SERVICE_SPEC,
                        "'name':'s','actions':{'stop':{'run':'../a','timeout':'1s'}}",
                        "field actions.stop.run: action file \"../a\": use the bare name of a file in the host's"
                                + " actions directory"),
                arguments(
                        Codecs.REQUEST,
                        "'id':'r','wish':{'verb':'explode'}",
                        "field wish.verb: \"explode\" is none of register, deregister, transfer, restart, clear,"
                                + " quiesce, resume, drain, leave, join, force-leave, delete-node"),
                arguments(Codecs.REQUEST, "'id':'r','wish':{'verb':'join'}", "field wish.node is missing"),
                arguments(
                        Codecs.ASSIGNMENT,
                        "'service':'s','generation':1,'owners':[{" + LIFE + "}]",
                        "field owners[0].generation is missing"),
                arguments(
                        Codecs.ASSIGNMENT,
                        "'service':'s','generation':1,'owners':[{" + OWNER.replace(":1,", ":0,") + "}]",
                        "field owners[0]: generation 0: the first is 1"),
                arguments(
                        Codecs.ASSIGNMENT,
                        "'service':'s','generation':1,'owners':[{" + OWNER + ",'actions':0}]",
                        "field owners[0]: the assignment has no actions 0"),
                arguments(
                        Codecs.ASSIGNMENT,
                        "'service':'s','generation':1,'owners':[{" + OWNER + "},7]",
                        "field owners[1] is a number, not an object"),
                arguments(
                        Codecs.HISTORY,
                        "'entries':[{'at':'2025-01-31T12:00:00Z','resource':'s','what':'stops'}]",
                        "field entries[0].why is missing"),
                arguments(
                        Codecs.SCHEMA,
                        "'version':1,'clusterId':' ','clusterName':''",
                        "cluster id \" \" identifies nothing"));
    }

    private static String state() {
        return LIFE + ",'phase':'joined','level':900,'since':'2025-01-31T12:00:00Z','reason':''";
    }

    @ParameterizedTest
    @MethodSource("records")
    void dataOfOneRecord_isTold(Codec<?> codec, String fields, String why) {
        assertThat(why(codec, "{'v':1," + fields + "}")).isEqualTo(why);
    }

    @Test
    void fieldsThatAreNotKnown_areIgnored() {
        byte[] data = bytes("{'later':{'a':[null,1e999999,{}]},'number':7,'v':1}");

        assertThat(Codecs.EPOCH.decode("/epoch", data)).isEqualTo(new Decoded.Parsed<>(new Epoch(7)));
    }

    @Test
    void notUtf8_isTold() {
        assertThat(Codecs.EPOCH.decode("/epoch", new byte[] {'{', (byte) 0xff, '}'}))
                .isEqualTo(new Decoded.Unreadable<>("/epoch", "not UTF-8"));
    }

    @Test
    void whatIsTooLong_isNotRead() {
        byte[] fits = bytes("{'v':1,'number':7}" + " ".repeat(64 * 1024 - 18));
        byte[] tooLong = bytes("{'v':1,'number':7}" + " ".repeat(64 * 1024 - 17));

        assertThat(Codecs.EPOCH.decode("/epoch", fits)).isEqualTo(new Decoded.Parsed<>(new Epoch(7)));
        assertThat(why(Codecs.EPOCH, new String(tooLong, StandardCharsets.UTF_8)))
                .isEqualTo("65537 bytes: at most 65536 are read");
    }

    @Test
    void halfACharacter_isWrittenAsAQuestionMark() {
        ServiceAssignment cut = new ServiceAssignment(
                Samples.LICENSE,
                0,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                "cut \ud83d");

        assertThat(new String(Codecs.ASSIGNMENT.encode(cut), StandardCharsets.UTF_8))
                .contains("\"cut ?\"");
    }

    private static String why(Codec<?> codec, String json) {
        return switch (codec.decode("/x", bytes(json))) {
            case Decoded.Parsed<?> parsed -> "parsed: " + parsed.value();
            case Decoded.Unreadable<?> unreadable -> unreadable.why();
        };
    }

    /** JSON with its quotes written as apostrophes. */
    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
