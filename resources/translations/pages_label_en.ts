<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>KindWords</name>
    <message numerus="yes">
        <source>%1 of %Ln picture(s)</source>
        <translation>
            <numerusform>%1 of %Ln picture</numerusform>
            <numerusform>%1 of %Ln pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln text(s)</source>
        <translation>
            <numerusform>%1 of %Ln text</numerusform>
            <numerusform>%1 of %Ln texts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln row(s)</source>
        <translation>
            <numerusform>%1 of %Ln row</numerusform>
            <numerusform>%1 of %Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln series</source>
        <translation>
            <numerusform>%1 of %Ln series</numerusform>
            <numerusform>%1 of %Ln series</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lamina::ClassList</name>
    <message numerus="yes">
        <source>%n label(s)</source>
        <translation>
            <numerusform>%n label</numerusform>
            <numerusform>%n labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n proposal(s) of models</source>
        <translation>
            <numerusform>%n proposal of a model</numerusform>
            <numerusform>%n proposals of models</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lamina::LabelOrders</name>
    <message numerus="yes">
        <source>Went on learning: %n label(s) are new or changed (%1 s).</source>
        <translation>
            <numerusform>Went on learning: %n label is new or changed (%1 s).</numerusform>
            <numerusform>Went on learning: %n labels are new or changed (%1 s).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Learned from %n label(s) (%1 s).</source>
        <translation>
            <numerusform>Learned from %n label (%1 s).</numerusform>
            <numerusform>Learned from %n labels (%1 s).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>About %n label(s) are probably wrong.</source>
        <translation>
            <numerusform>About %n label is probably wrong.</numerusform>
            <numerusform>About %n labels are probably wrong.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Tried on %n label(s) that it had not learned from, it said %1 of them right (%2 %).</source>
        <translation>
            <numerusform>Tried on %n label that it had not learned from, it said %1 of them right (%2 %).</numerusform>
            <numerusform>Tried on %n labels that it had not learned from, it said %1 of them right (%2 %).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lamina::LabelPage</name>
    <message numerus="yes">
        <source>%n change(s) of your labels could not be saved yet. If you close now, they are lost. Make room on the disk and wait until “saved” is said.</source>
        <translation>
            <numerusform>%n change of your labels could not be saved yet. If you close now, it is lost. Make room on the disk and wait until “saved” is said.</numerusform>
            <numerusform>%n changes of your labels could not be saved yet. If you close now, they are lost. Make room on the disk and wait until “saved” is said.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) before this one have proposals now, from picture %1 on. Look through them: Space accepts.</source>
        <translation>
            <numerusform>%n picture before this one has proposals now: picture %1. Look at it: Space accepts.</numerusform>
            <numerusform>%n pictures before this one have proposals now, from picture %1 on. Look through them: Space accepts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not saved</source>
        <translation>
            <numerusform>%n not saved</numerusform>
            <numerusform>%n not saved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n labelled item(s) are the data set “%1” now: divide it and train on it.</source>
        <translation>
            <numerusform>%n labelled item is the data set “%1” now: divide it and train on it.</numerusform>
            <numerusform>%n labelled items are the data set “%1” now: divide it and train on it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lamina::PeoplePanel</name>
    <message numerus="yes">
        <source>%n item(s) are in the file %1.</source>
        <translation>
            <numerusform>%n item is in the file %1.</numerusform>
            <numerusform>%n items are in the file %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) have something new.</source>
        <translation>
            <numerusform>%n item has something new.</numerusform>
            <numerusform>%n items have something new.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) are disputed: see Disputes.</source>
        <translation>
            <numerusform>%n item is disputed: see Disputes.</numerusform>
            <numerusform>%n items are disputed: see Disputes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Fleiss&apos; kappa: %1 (%n item(s) that everybody gave a class)</source>
        <translation>
            <numerusform>Fleiss&apos; kappa: %1 (%n item that everybody gave a class)</numerusform>
            <numerusform>Fleiss&apos; kappa: %1 (%n items that everybody gave a class)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>overlap %1 of %n matching shape(s)</source>
        <translation>
            <numerusform>overlap %1 of %n matching shape</numerusform>
            <numerusform>overlap %1 of %n matching shapes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You: %n item(s) in this sitting, %1 s each. Only you see this.</source>
        <translation>
            <numerusform>You: %n item in this sitting, %1 s each. Only you see this.</numerusform>
            <numerusform>You: %n items in this sitting, %1 s each. Only you see this.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lamina::ProposalsPanel</name>
    <message numerus="yes">
        <source>%1 of %n proposal(s) have at least this score.</source>
        <translation>
            <numerusform>%1 of %n proposal has at least this score.</numerusform>
            <numerusform>%1 of %n proposals have at least this score.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Accept %n</source>
        <translation>
            <numerusform>Accept %n</numerusform>
            <numerusform>Accept %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reject all %n</source>
        <translation>
            <numerusform>Reject all %n</numerusform>
            <numerusform>Reject all %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) have a proposal now.</source>
        <translation>
            <numerusform>%n item has a proposal now.</numerusform>
            <numerusform>%n items have a proposal now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n proposal(s) accepted: they are your labels now.</source>
        <translation>
            <numerusform>%n proposal accepted: it is your label now.</numerusform>
            <numerusform>%n proposals accepted: they are your labels now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n proposal(s) rejected.</source>
        <translation>
            <numerusform>%n proposal rejected.</numerusform>
            <numerusform>%n proposals rejected.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %n proposal(s) that people have looked at so far, %1 were right (%2 %).</source>
        <translation>
            <numerusform>Of %n proposal that people have looked at so far, %1 was right (%2 %).</numerusform>
            <numerusform>Of %n proposals that people have looked at so far, %1 were right (%2 %).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lamina::SeriesDesk</name>
    <message numerus="yes">
        <source>%n new stretch(es) read.</source>
        <translation>
            <numerusform>%n new stretch read.</numerusform>
            <numerusform>%n new stretches read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stretch(es) written to %1.</source>
        <translation>
            <numerusform>%n stretch written to %1.</numerusform>
            <numerusform>%n stretches written to %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lamina::FilesPanel</name>
    <message numerus="yes">
        <source>%n remark(s) in all.</source>
        <translation>
            <numerusform>%n remark in all.</numerusform>
            <numerusform>%n remarks in all.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n label(s) came in.</source>
        <translation>
            <numerusform>%n label came in.</numerusform>
            <numerusform>%n labels came in.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n label(s) are in %1.</source>
        <translation>
            <numerusform>%n label is in %1.</numerusform>
            <numerusform>%n labels are in %1.</numerusform>
        </translation>
    </message>
</context>
</TS>
