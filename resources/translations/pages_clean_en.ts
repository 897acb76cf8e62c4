<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>lamina::CleanPage</name>
        <message numerus="yes">
            <source>%n step(s) were deleted.</source>
            <translation>
                <numerusform>%n step was deleted.</numerusform>
                <numerusform>%n steps were deleted.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>lamina::CleanWords</name>
        <message numerus="yes">
            <source>%1 cell(s) changed</source>
            <translation>
                <numerusform>%1 cell changed</numerusform>
                <numerusform>%1 cells changed</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 row(s) removed</source>
            <translation>
                <numerusform>%1 row removed</numerusform>
                <numerusform>%1 rows removed</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>%n more</numerusform>
                <numerusform>%n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>lamina::LookWords</name>
        <message numerus="yes">
            <source>%n picture(s) of %1 look like another one, in another size, format or brightness.</source>
            <translation>
                <numerusform>%n picture of %1 looks like another one, in another size, format or brightness.</numerusform>
                <numerusform>%n pictures of %1 look like another one, in another size, format or brightness.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n row(s) have no %1, which is to be predicted: they teach nothing.</source>
            <translation>
                <numerusform>%n row has no %1, which is to be predicted: they teach nothing.</numerusform>
                <numerusform>%n rows have no %1, which is to be predicted: they teach nothing.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 has no value in %n row(s) (%2).</source>
            <translation>
                <numerusform>%1 has no value in %n row (%2).</numerusform>
                <numerusform>%1 has no value in %n rows (%2).</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 has words in %n row(s) that likely mean “no value”.</source>
            <translation>
                <numerusform>%1 has words in %n row that likely mean “no value”.</numerusform>
                <numerusform>%1 has words in %n rows that likely mean “no value”.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 has blanks around its texts in %n row(s).</source>
            <translation>
                <numerusform>%1 has blanks around its texts in %n row.</numerusform>
                <numerusform>%1 has blanks around its texts in %n rows.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 has %n value(s) far away from the others.</source>
            <translation>
                <numerusform>%1 has %n value far away from the others.</numerusform>
                <numerusform>%1 has %n values far away from the others.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n class(es) of the target have fewer than 5 rows, like “%1” with %2: merge them with others, bring more of them, or do not trust their figures.</source>
            <translation>
                <numerusform>%n class of the target has fewer than 5 rows: “%1” with %2. Merge it with others, bring more of it, or do not trust its figures.</numerusform>
                <numerusform>%n classes of the target have fewer than 5 rows, like “%1” with %2: merge them with others, bring more of them, or do not trust their figures.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n row(s) look like another one only since %1 was left out: they may well be different things, so they are not proposed for removal.</source>
            <translation>
                <numerusform>%n row looks like another one only since %1 was left out: it may well be a different thing, so it is not proposed for removal.</numerusform>
                <numerusform>%n rows look like another one only since %1 was left out: they may well be different things, so they are not proposed for removal.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>lamina::StepPanel</name>
        <message numerus="yes">
            <source>%n cell(s) could not be read and became missing. Choose one to go there:</source>
            <translation>
                <numerusform>%n cell could not be read and became missing. Choose it to go there:</numerusform>
                <numerusform>%n cells could not be read and became missing. Choose one to go there:</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n row(s) were not found in the other table; their new columns are missing. Choose one to go there:</source>
            <translation>
                <numerusform>%n row was not found in the other table; its new columns are missing. Choose it to go there:</numerusform>
                <numerusform>%n rows were not found in the other table; their new columns are missing. Choose one to go there:</numerusform>
            </translation>
        </message>
    </context>
</TS>
