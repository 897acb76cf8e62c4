<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>lamina::ExportCard</name>
        <message>
            <source>Export the model</source>
            <translation>导出模型</translation>
        </message>
        <message>
            <source>ONNX models (*.onnx)</source>
            <translation>ONNX 模型 (*.onnx)</translation>
        </message>
        <message>
            <source>Export %1</source>
            <translation>导出 %1</translation>
        </message>
        <message>
            <source>It takes pictures as raw values (%1) and scales them itself</source>
            <translation>文件直接接收图片的原始值（%1）并自行缩放</translation>
        </message>
        <message>
            <source>It takes the columns as they are (%1) and scales them itself</source>
            <translation>文件直接接收原始列（%1）并自行缩放</translation>
        </message>
        <message>
            <source>it answers with the name of one of %1 classes and with their probabilities</source>
            <translation>给出 %1 个类别之一的名称及各类别的概率</translation>
        </message>
        <message>
            <source>it answers in the unit of %1</source>
            <translation>以 %1 的单位给出结果</translation>
        </message>
        <message>
            <source>%1; %2.</source>
            <translation>%1；%2。</translation>
        </message>
        <message>
            <source>Items kept aside that went through the file and through Lamina: %1.</source>
            <translation>分别用该文件和 Lamina 计算的留出样本：%1 个。</translation>
        </message>
        <message>
            <source>Checked by Lamina alone: the file was read back and computed anew.</source>
            <translation>仅由 Lamina 检查：重新读取文件并再次计算。</translation>
        </message>
        <message>
            <source>Checked by %1, a program that is not Lamina.</source>
            <translation>由 %1 检查，它不是 Lamina 的一部分。</translation>
        </message>
        <message>
            <source>Largest difference of a probability: %1. Different classes: %2.</source>
            <translation>概率的最大差异：%1。类别不同：%2 个。</translation>
        </message>
        <message>
            <source>Largest difference: %1 standard deviations of %2.</source>
            <translation>最大差异：%2 的标准差的 %1 倍。</translation>
        </message>
        <message>
            <source>The export failed. Nothing was left behind.</source>
            <translation>导出失败，没有留下任何文件。</translation>
        </message>
        <message>
            <source>Proven: the file gives the same answers as Lamina.</source>
            <translation>已证明：该文件给出的答案与 Lamina 相同。</translation>
        </message>
        <message>
            <source>Look closely: the file's answers differ from Lamina's.</source>
            <translation>请仔细查看：该文件的答案与 Lamina 不同。</translation>
        </message>
        <message>
            <source>%1, %2</source>
            <translation>%1，%2</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>导出</translation>
        </message>
        <message>
            <source>Writes the model as an ONNX file, which other programs and programming languages can run.</source>
            <translation>将模型写成 ONNX 文件，其他程序和编程语言都可以运行它。</translation>
        </message>
        <message>
            <source>Exporting and proving…</source>
            <translation>正在导出并证明…</translation>
        </message>
        <message>
            <source>&amp;Export…</source>
            <translation>导出(&amp;E)…</translation>
        </message>
        <message>
            <source>Open folder</source>
            <translation>打开文件夹</translation>
        </message>
        <message>
            <source>Open the folder of the exported model</source>
            <translation>打开导出模型所在的文件夹</translation>
        </message>
        <message>
            <source>It takes cleaned columns (%1; the recipe is written beside it) and scales them itself</source>
            <translation>文件接收清洗后的列（%1；清洗配方会写在它旁边）并自行缩放</translation>
        </message>
        <message>
            <source>it gives all %1 answers, each under its own name (%2)</source>
            <translation>它给出全部 %1 个结果，各有自己的名称（%2）</translation>
        </message>
        <message>
            <source>Largest difference of any answer, of numbers in their standard deviations: %1. Different classes: %2.</source>
            <translation>所有结果的最大差异（数值以标准差计）：%1。不同的类别：%2。</translation>
        </message>
    </context>
    <context>
        <name>lamina::PredictFileCard</name>
        <message>
            <source>Choose a folder of pictures</source>
            <translation>选择图片文件夹</translation>
        </message>
        <message>
            <source>Choose a table</source>
            <translation>选择表格</translation>
        </message>
        <message>
            <source>Tables (*.csv *.tsv *.tab *.txt *.data);;All files (*)</source>
            <translation>表格 (*.csv *.tsv *.tab *.txt *.data);;所有文件 (*)</translation>
        </message>
        <message>
            <source>%1 with predictions</source>
            <comment>file name</comment>
            <translation>%1 预测结果</translation>
        </message>
        <message>
            <source>Where to write the predictions</source>
            <translation>将预测结果写到哪里</translation>
        </message>
        <message>
            <source>CSV tables (*.csv)</source>
            <translation>CSV 表格 (*.csv)</translation>
        </message>
        <message>
            <source>Predict %1</source>
            <translation>预测 %1</translation>
        </message>
        <message>
            <source>Rows written: %1, to %2</source>
            <translation>已写入 %1 行：%2</translation>
        </message>
        <message>
            <source>%1 of them could not be answered. The column "remark" says why.</source>
            <translation>其中 %1 行无法预测，原因见“remark”列。</translation>
        </message>
        <message>
            <source>Answers that rest on an assumption, for example an average for a missing value: %1. See the column "remark".</source>
            <translation>基于假设的预测（例如用平均值代替缺失值）：%1 个，见“remark”列。</translation>
        </message>
        <message>
            <source>Predict a file</source>
            <translation>预测文件</translation>
        </message>
        <message>
            <source>A folder of pictures becomes a table: one row for each picture with the model's answer.</source>
            <translation>把图片文件夹变成表格：每张图片一行，附上模型的答案。</translation>
        </message>
        <message>
            <source>A table with the same columns comes back with every row in its order and the model's answers beside it.</source>
            <translation>选择含有相同列的表格：所有行按原顺序返回，并在旁边附上模型的答案。</translation>
        </message>
        <message>
            <source>Predicting…</source>
            <translation>正在预测…</translation>
        </message>
        <message>
            <source>Predict a &amp;folder…</source>
            <translation>预测文件夹(&amp;F)…</translation>
        </message>
        <message>
            <source>Predict a &amp;file…</source>
            <translation>预测文件(&amp;F)…</translation>
        </message>
        <message>
            <source>Open folder</source>
            <translation>打开文件夹</translation>
        </message>
        <message>
            <source>Open the folder of the predictions</source>
            <translation>打开预测结果所在的文件夹</translation>
        </message>
        <message>
            <source>For Excel (with byte order mark)</source>
            <translation>供 Excel 使用（带字节顺序标记）</translation>
        </message>
        <message>
            <source>Some spreadsheets show letters beyond A to Z rightly only with this mark at the beginning of the file.</source>
            <translation>有些表格软件只有在文件开头带有此标记时，才能正确显示中文等字符。</translation>
        </message>
        <message>
            <source>A table like the one that was imported comes back with every row in its order and the model's answers beside it. You need not clean it: it goes through the recipe of the training by itself (steps: %1).</source>
            <translation>选择与导入时相同形式的表格：所有行按原顺序返回，并在旁边附上模型的答案。无需先清洗：它会自动经过训练时的清洗配方（%1 个步骤）。</translation>
        </message>
        <message>
            <source>Open table</source>
            <translation>打开表格</translation>
        </message>
        <message>
            <source>Open the table of the predictions</source>
            <translation>打开预测结果的表格</translation>
        </message>
    </context>
    <context>
        <name>lamina::TryCard</name>
        <message>
            <source>The data of this run is not there any more</source>
            <translation>此次训练的数据已不存在</translation>
        </message>
        <message>
            <source>A picture of your own</source>
            <translation>您自己的图片</translation>
        </message>
        <message>
            <source>Typed by you</source>
            <translation>由您输入</translation>
        </message>
        <message>
            <source>test part</source>
            <translation>测试部分</translation>
        </message>
        <message>
            <source>validation part</source>
            <translation>验证部分</translation>
        </message>
        <message>
            <source>training part</source>
            <translation>训练部分</translation>
        </message>
        <message>
            <source>Item %1 of %2 (%3)</source>
            <translation>第 %1 项，共 %2 项（%3）</translation>
        </message>
        <message>
            <source>Mend the marked fields to get an answer.</source>
            <translation>请改正标出的字段以获得答案。</translation>
        </message>
        <message>
            <source>%1 sure</source>
            <translation>把握 %1</translation>
        </message>
        <message>
            <source>In the data: %1</source>
            <translation>数据中为：%1</translation>
        </message>
        <message>
            <source>Right: the data says %1, too.</source>
            <translation>正确：数据中也是 %1。</translation>
        </message>
        <message>
            <source>Wrong: the data says %1.</source>
            <translation>错误：数据中是 %1。</translation>
        </message>
        <message>
            <source>Try it</source>
            <translation>试一试</translation>
        </message>
        <message>
            <source>Step through pictures the model did not learn from, or give it one of your own: drop it here.</source>
            <translation>逐张查看模型没有学习过的图片，或者把您自己的图片拖到这里。</translation>
        </message>
        <message>
            <source>Step through rows the model did not learn from, or change the values: the answer follows as you type.</source>
            <translation>逐行查看模型没有学习过的数据，或者修改数值：答案会随输入即时更新。</translation>
        </message>
        <message>
            <source>The model says</source>
            <translation>模型的答案</translation>
        </message>
        <message>
            <source>The model says for %1</source>
            <translation>模型对 %1 的答案</translation>
        </message>
        <message>
            <source>&amp;Random</source>
            <translation>随机(&amp;R)</translation>
        </message>
        <message>
            <source>Shows any of the items</source>
            <translation>随机显示一项</translation>
        </message>
        <message>
            <source>&amp;Choose a picture…</source>
            <translation>选择图片(&amp;C)…</translation>
        </message>
        <message>
            <source>Previous item</source>
            <translation>上一项</translation>
        </message>
        <message>
            <source>Previous item (%1)</source>
            <translation>上一项（%1）</translation>
        </message>
        <message>
            <source>Next item</source>
            <translation>下一项</translation>
        </message>
        <message>
            <source>Next item (%1)</source>
            <translation>下一项（%1）</translation>
        </message>
        <message>
            <source>The picture the model looks at</source>
            <translation>模型所看的图片</translation>
        </message>
        <message>
            <source>Drop a picture here</source>
            <translation>把图片拖到这里</translation>
        </message>
        <message>
            <source>The row the model looks at</source>
            <translation>模型所看的行</translation>
        </message>
        <message>
            <source>Which of the model's answers is shown</source>
            <translation>显示模型的哪一个输出</translation>
        </message>
        <message>
            <source>The picture in this row</source>
            <translation>该行中的图片</translation>
        </message>
    </context>
    <context>
        <name>lamina::TypedRowForm</name>
        <message>
            <source>(no value)</source>
            <translation>（无值）</translation>
        </message>
        <message>
            <source>no value</source>
            <translation>无值</translation>
        </message>
        <message>
            <source>In the training data: %1 on average, usually within %2 of that.</source>
            <translation>训练数据中：平均为 %1，通常偏差在 %2 以内。</translation>
        </message>
        <message>
            <source>file of a picture</source>
            <translation>图片文件</translation>
        </message>
        <message>
            <source>numbers (%1)</source>
            <translation>数字（%1 个）</translation>
        </message>
    </context>
    <context>
        <name>lamina::UsePage</name>
        <message>
            <source>Choose a picture</source>
            <translation>选择图片</translation>
        </message>
        <message>
            <source>Pictures (*.png *.jpg *.jpeg *.bmp *.gif *.webp *.tif *.tiff);;All files (*)</source>
            <translation>图片 (*.png *.jpg *.jpeg *.bmp *.gif *.webp *.tif *.tiff);;所有文件 (*)</translation>
        </message>
        <message>
            <source>This model reads the columns of a table, not pictures.</source>
            <translation>此模型读取表格的列，而不是图片。</translation>
        </message>
        <message>
            <source>Use the model</source>
            <translation>使用模型</translation>
        </message>
        <message>
            <source>&amp;Trained run:</source>
            <translation>训练记录(&amp;T)：</translation>
        </message>
        <message>
            <source>Trained run</source>
            <translation>训练记录</translation>
        </message>
        <message>
            <source>No trained model yet</source>
            <translation>还没有训练好的模型</translation>
        </message>
        <message>
            <source>Here a trained model is tried out, answers for whole files and is exported for other programs. Train one first; its best state then appears here by itself.</source>
            <translation>在这里试用训练好的模型、预测整个文件，并导出供其他程序使用。请先训练一个模型，其最佳状态会自动出现在这里。</translation>
        </message>
        <message>
            <source>Go to Train</source>
            <translation>前往“训练”</translation>
        </message>
    </context>
</TS>
