<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>ColumnPanel</name>
    <message>
        <source>Columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Use as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the column is for: the network learns to predict the target from the features.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Feature (input)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Target (to be predicted)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ignored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most frequent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counting …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>target</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ignored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shape</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not finite</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Different values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at least %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deviation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smallest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Largest</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DataPage</name>
    <message>
        <source>Data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No project is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A project keeps data, networks and trainings together. Open one or begin a new one, then bring your data here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bring your data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a file or a folder here: a table (CSV, TSV), pictures in folders, or IDX files. You see how it is read before anything is imported; your files stay as they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Import …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file or folder (Ctrl+I)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use &amp;sample data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>70,000 small pictures of clothes (Fashion-MNIST)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dataset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The dataset to look at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More about this dataset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Rename …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Remarks of the import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Gallery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows and columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training, validation and test part; items per class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import more data (Ctrl+I)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Build a model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on to the network that learns from this data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>target</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ignored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 rows, %2 columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data is not split yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C&amp;hange the split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;plit the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This project is open in another window or program; nothing can be imported here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A &amp;file (table, IDX) …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A f&amp;older with pictures …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Sample data: pictures of clothes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The import was cancelled. Nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the settings …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was imported: %2 rows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>There are %n more remark(s).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Show all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename dataset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New name:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be deleted: a network or a training was made with it. Delete those first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remarks of the import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the import of %1 had to remark:</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImportBanner</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel the import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n second(s) left</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Import data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the dataset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Read as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To be &amp;predicted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Column to be predicted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network learns to find this column from the others. It can be changed later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the source is read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the first rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Some of the pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the first rows …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 pictures in %2 classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, %1 of each.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, from %1 (%2) to %3 (%4).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 pixels each.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sizes from about %1 to %2 pixels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The source has %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The source has %1, but only %2 are free beside the project.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The source has %1; %2 are free beside the project.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PartsBar</name>
    <message>
        <source>%1 %2 (%3 %)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SplitView</name>
    <message>
        <source>Training, validation and test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network learns from the training part. The validation part says during training whether it gets better. The test part stays unseen until the final check.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See&amp;d</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the validation part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the test part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same seed draws the same parts again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Same share of each &amp;class in every part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>D&amp;raw the parts again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trainings that were run keep the parts they were run with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the test part as the data &amp;brings it (column %1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Items per class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No column is the target yet. Choose it in the panel at the right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is a number: there are no classes to count.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the training part %1 has %2 items, %3 only %4. A network tends to overlook rare classes: look at the recall of each class in Review.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The classes of %1 have similar sizes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 % (what remains)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing remains to train on: lower the other shares.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 items of the validation part and %2 of the test part are the same as items of the training part. Scores will look a little better than they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No item of the validation or test part is the same as one of the training part.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lamina</name>
    <message>
        <source>Found: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lamina::ImporterRows</name>
    <message>
        <source>Found by itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comma ,</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Semicolon ;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bar |</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blanks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refuse the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill or cut them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave them out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>UTF-8</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Latin-1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>lamina::Part</name>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not used</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
