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
        <source>%Ln label(s)</source>
        <translation>
            <numerusform>%Ln label</numerusform>
            <numerusform>%Ln labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln proposal(s) of models</source>
        <translation>
            <numerusform>%Ln proposal of a model</numerusform>
            <numerusform>%Ln proposals of models</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lamina::LabelOrders</name>
    <message numerus="yes">
        <source>Went on learning: %Ln label(s) are new or changed (%1 s).</source>
        <translation>
            <numerusform>Went on learning: %Ln label is new or changed (%1 s).</numerusform>
            <numerusform>Went on learning: %Ln labels are new or changed (%1 s).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Learned from %Ln label(s) (%1 s).</source>
        <translation>
            <numerusform>Learned from %Ln label (%1 s).</numerusform>
            <numerusform>Learned from %Ln labels (%1 s).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>About %Ln label(s) are probably wrong.</source>
        <translation>
            <numerusform>About %Ln label is probably wrong.</numerusform>
            <numerusform>About %Ln labels are probably wrong.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Tried on %Ln label(s) that it had not learned from, it said %1 of them right (%2 %).</source>
        <translation>
            <numerusform>Tried on %Ln label that it had not learned from, it said %1 of them right (%2 %).</numerusform>
            <numerusform>Tried on %Ln labels that it had not learned from, it said %1 of them right (%2 %).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lamina::LabelPage</name>
    <message numerus="yes">
        <source>%Ln change(s) of your labels could not be saved yet. If you close now, they are lost. Make room on the disk and wait until “saved” is said.</source>
        <translation>
            <numerusform>%Ln change of your labels could not be saved yet. If you close now, it is lost. Make room on the disk and wait until “saved” is said.</numerusform>
            <numerusform>%Ln changes of your labels could not be saved yet. If you close now, they are lost. Make room on the disk and wait until “saved” is said.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) before this one have proposals now, from picture %1 on. Look through them: {accept} accepts.</source>
        <translation>
            <numerusform>%Ln picture before this one has proposals now: picture %1. Look at it: {accept} accepts.</numerusform>
            <numerusform>%Ln pictures before this one have proposals now, from picture %1 on. Look through them: {accept} accepts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not saved</source>
        <translation>
            <numerusform>%Ln not saved</numerusform>
            <numerusform>%Ln not saved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln labelled item(s) are the data set “%1” now: divide it and train on it.</source>
        <translation>
            <numerusform>%Ln labelled item is the data set “%1” now: divide it and train on it.</numerusform>
            <numerusform>%Ln labelled items are the data set “%1” now: divide it and train on it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lamina::PeoplePanel</name>
    <message numerus="yes">
        <source>%Ln item(s) are in the file “%1” now.</source>
        <translation>
            <numerusform>%Ln item is in the file “%1” now.</numerusform>
            <numerusform>%Ln items are in the file “%1” now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln item(s) have something new.</source>
        <translation>
            <numerusform>%Ln item has something new.</numerusform>
            <numerusform>%Ln items have something new.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln item(s) are disputed: see Disputes.</source>
        <translation>
            <numerusform>%Ln item is disputed: see Disputes.</numerusform>
            <numerusform>%Ln items are disputed: see Disputes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Fleiss&apos; kappa: %1 (%Ln item(s) that everybody gave a class)</source>
        <translation>
            <numerusform>Fleiss&apos; kappa: %1 (%Ln item that everybody gave a class)</numerusform>
            <numerusform>Fleiss&apos; kappa: %1 (%Ln items that everybody gave a class)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>overlap %1 of %Ln matching shape(s)</source>
        <translation>
            <numerusform>overlap %1 of %Ln matching shape</numerusform>
            <numerusform>overlap %1 of %Ln matching shapes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You: %Ln item(s) in this sitting, %1 s each. Only you see this.</source>
        <translation>
            <numerusform>You: %Ln item in this sitting, %1 s each. Only you see this.</numerusform>
            <numerusform>You: %Ln items in this sitting, %1 s each. Only you see this.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lamina::ProposalsPanel</name>
    <message numerus="yes">
        <source>%1 of %Ln proposal(s) have at least this score.</source>
        <translation>
            <numerusform>%1 of %Ln proposal has at least this score.</numerusform>
            <numerusform>%1 of %Ln proposals have at least this score.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Accept %Ln</source>
        <translation>
            <numerusform>Accept %Ln</numerusform>
            <numerusform>Accept %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reject all %Ln</source>
        <translation>
            <numerusform>Reject all %Ln</numerusform>
            <numerusform>Reject all %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln item(s) have a proposal now.</source>
        <translation>
            <numerusform>%Ln item has a proposal now.</numerusform>
            <numerusform>%Ln items have a proposal now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln proposal(s) accepted: they are your labels now.</source>
        <translation>
            <numerusform>%Ln proposal accepted: it is your label now.</numerusform>
            <numerusform>%Ln proposals accepted: they are your labels now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln proposal(s) rejected.</source>
        <translation>
            <numerusform>%Ln proposal rejected.</numerusform>
            <numerusform>%Ln proposals rejected.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %Ln proposal(s) that people have looked at so far, %1 were right (%2 %).</source>
        <translation>
            <numerusform>Of %Ln proposal that people have looked at so far, %1 was right (%2 %).</numerusform>
            <numerusform>Of %Ln proposals that people have looked at so far, %1 were right (%2 %).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lamina::SeriesDesk</name>
    <message numerus="yes">
        <source>%Ln new stretch(es) read.</source>
        <translation>
            <numerusform>%Ln new stretch read.</numerusform>
            <numerusform>%Ln new stretches read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln stretch(es) written to “%1”.</source>
        <translation>
            <numerusform>%Ln stretch written to “%1”.</numerusform>
            <numerusform>%Ln stretches written to “%1”.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lamina::FilesPanel</name>
    <message numerus="yes">
        <source>%Ln remark(s) in all.</source>
        <translation>
            <numerusform>%Ln remark in all.</numerusform>
            <numerusform>%Ln remarks in all.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label(s) came in.</source>
        <translation>
            <numerusform>%Ln label came in.</numerusform>
            <numerusform>%Ln labels came in.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label(s) are in the folder “%1” now.</source>
        <translation>
            <numerusform>%Ln label is in the folder “%1” now.</numerusform>
            <numerusform>%Ln labels are in the folder “%1” now.</numerusform>
        </translation>
    </message>
</context>
</TS>
