<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
    <context>
        <name>lamina::ColumnPanel</name>
        <message>
            <source>Columns</source>
            <translation>列</translation>
        </message>
        <message>
            <source>&amp;Use as</source>
            <translation>用途(&amp;U)</translation>
        </message>
        <message>
            <source>Use as</source>
            <translation>用途</translation>
        </message>
        <message>
            <source>What the column is for: the network learns to predict the target from the features.</source>
            <translation>该列的用途：网络学习根据特征预测目标。</translation>
        </message>
        <message>
            <source>Feature (input)</source>
            <translation>特征（输入）</translation>
        </message>
        <message>
            <source>Target (to be predicted)</source>
            <translation>目标（要预测）</translation>
        </message>
        <message>
            <source>Ignored</source>
            <translation>忽略</translation>
        </message>
        <message>
            <source>Counting …</source>
            <translation>正在统计…</translation>
        </message>
        <message>
            <source>target</source>
            <translation>目标</translation>
        </message>
        <message>
            <source>ignored</source>
            <translation>已忽略</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>类型</translation>
        </message>
        <message>
            <source>Shape</source>
            <translation>形状</translation>
        </message>
        <message>
            <source>Once there is data, its columns stand here: what each of them holds, and what it is used for.</source>
            <translation>有数据之后，这里会列出各列：每列的内容和用途。</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>图片</translation>
        </message>
        <message>
            <source>%1 × %2 pixels, grey</source>
            <translation>%1 × %2 像素，灰度</translation>
        </message>
        <message>
            <source>%1 × %2 pixels, in colour</source>
            <translation>%1 × %2 像素，彩色</translation>
        </message>
        <message>
            <source>&amp;Columns</source>
            <translation>列(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Whole data set</source>
            <translation>整个数据集(&amp;W)</translation>
        </message>
        <message>
            <source>How the values are spread; click to see the rows of a bar</source>
            <translation>值的分布；单击条形可查看对应的行</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1：%2</translation>
        </message>
        <message>
            <source>%1 × %2 pixels, %3 bands</source>
            <translation>%1 × %2 像素，%3 个波段</translation>
        </message>
    </context>
    <context>
        <name>lamina::DataPage</name>
        <message>
            <source>No project is open</source>
            <translation>没有打开的项目</translation>
        </message>
        <message>
            <source>A project keeps data, networks and trainings together. Open one or begin a new one, then bring your data here.</source>
            <translation>项目把数据、网络和训练放在一起。请打开或新建一个项目，然后把数据放到这里。</translation>
        </message>
        <message>
            <source>%1 has changed since it was imported.</source>
            <translation>%1 在导入之后有改动。</translation>
        </message>
        <message numerus="yes">
            <source>%n new picture(s)</source>
            <translation>
                <numerusform>%n 张新图片</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n new file(s)</source>
            <translation>
                <numerusform>%n 个新文件</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n changed</source>
            <translation>
                <numerusform>%n 个有改动</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n gone</source>
            <translation>
                <numerusform>%n 个已消失</numerusform>
            </translation>
        </message>
        <message>
            <source>In the folder %1: %2.</source>
            <translation>文件夹 %1 中：%2。</translation>
        </message>
        <message>
            <source>, </source>
            <comment>between counts</comment>
            <translation>，</translation>
        </message>
        <message>
            <source>Bring them in</source>
            <translation>读入</translation>
        </message>
    </context>
    <context>
        <name>lamina::DatasetBar</name>
        <message>
            <source>Data</source>
            <translation>数据</translation>
        </message>
        <message>
            <source>Dataset</source>
            <translation>数据集</translation>
        </message>
        <message>
            <source>More about this dataset</source>
            <translation>此数据集的更多操作</translation>
        </message>
        <message>
            <source>&amp;Rename …</source>
            <translation>重命名(&amp;R)…</translation>
        </message>
        <message>
            <source>&amp;Remarks of the import</source>
            <translation>导入时的提示(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Delete</source>
            <translation>删除(&amp;D)</translation>
        </message>
        <message>
            <source>&amp;Table</source>
            <translation>表格(&amp;T)</translation>
        </message>
        <message>
            <source>&amp;Gallery</source>
            <translation>图库(&amp;G)</translation>
        </message>
        <message>
            <source>&amp;Split</source>
            <translation>划分(&amp;S)</translation>
        </message>
        <message>
            <source>Rows and columns</source>
            <translation>行和列</translation>
        </message>
        <message>
            <source>The pictures</source>
            <translation>图片</translation>
        </message>
        <message>
            <source>Training, validation and test part; items per class</source>
            <translation>训练、验证和测试部分；每个类别的数量</translation>
        </message>
        <message>
            <source>&amp;Import …</source>
            <translation>导入(&amp;I)…</translation>
        </message>
        <message>
            <source>Import more data (Ctrl+I)</source>
            <translation>导入更多数据（Ctrl+I）</translation>
        </message>
        <message>
            <source>The dataset to look at. It came from %1</source>
            <translation>要查看的数据集。来源：%1</translation>
        </message>
        <message>
            <source>%1 rows, %2 columns</source>
            <translation>%1 行，%2 列</translation>
        </message>
        <message>
            <source>Read the source &amp;again</source>
            <translation>重新读取来源(&amp;A)</translation>
        </message>
        <message>
            <source>&amp;Tell me when the source changes</source>
            <translation>来源变化时提醒我(&amp;T)</translation>
        </message>
        <message>
            <source>Anonymised &amp;pictures …</source>
            <translation>匿名化图片(&amp;P)…</translation>
        </message>
        <message>
            <source>Copies for others: without the notes of the camera, and with what nobody is to recognise made coarse</source>
            <translation>供他人使用的副本：去除相机记录，并使不应被辨认的内容变得粗糙</translation>
        </message>
    </context>
    <context>
        <name>lamina::DatasetEdits</name>
        <message>
            <source>Rename dataset</source>
            <translation>重命名数据集</translation>
        </message>
        <message>
            <source>New name:</source>
            <translation>新名称：</translation>
        </message>
        <message>
            <source>%1 was deleted.</source>
            <translation>已删除 %1。</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <source>%1 cannot be deleted: a network or a training was made with it. Delete those first.</source>
            <translation>无法删除 %1：有网络或训练使用了它。请先删除它们。</translation>
        </message>
        <message>
            <source>Mend the split</source>
            <translation>修复划分</translation>
        </message>
        <message>
            <source>Nothing was moved.</source>
            <translation>没有移动任何内容。</translation>
        </message>
        <message numerus="yes">
            <source>%n item(s) were moved to the part where their like is.</source>
            <translation>
                <numerusform>已将 %n 个项目移到与其相同项目所在的部分。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n group(s) stay apart: they are so large that a part or a class would lose too much.</source>
            <translation>
                <numerusform>%n 个组仍分在不同部分：它们太大，移动会使某个部分或类别损失过多。</numerusform>
            </translation>
        </message>
        <message>
            <source>Divide the data again</source>
            <translation>重新划分数据</translation>
        </message>
        <message>
            <source>Column %1 says which part an item belongs to, so it is no input any more: it is ignored now.</source>
            <translation>列 %1 说明每项属于哪个部分，因此不再作为输入：现已忽略。</translation>
        </message>
    </context>
    <context>
        <name>lamina::DatasetFigures</name>
        <message>
            <source>Look for pictures that look alike</source>
            <translation>查找看起来相似的图片</translation>
        </message>
    </context>
    <context>
        <name>lamina::DatasetViews</name>
        <message>
            <source>target</source>
            <translation>目标</translation>
        </message>
        <message>
            <source>ignored</source>
            <translation>已忽略</translation>
        </message>
    </context>
    <context>
        <name>lamina::FigureList</name>
        <message>
            <source>%1: %2. Show these rows</source>
            <translation>%1：%2。显示这些行</translation>
        </message>
        <message>
            <source>Show these rows in the table</source>
            <translation>在表格中显示这些行</translation>
        </message>
    </context>
    <context>
        <name>lamina::ImportAgain</name>
        <message>
            <source>Bring in what is new in %1</source>
            <translation>读入 %1 中的新内容</translation>
        </message>
        <message>
            <source>%1 has %2 rows now: %3 new, %4 gone. Those that were there keep their part of the split.</source>
            <translation>%1 现在有 %2 行：新增 %3 行，消失 %4 行。原有的行保留在划分中的位置。</translation>
        </message>
        <message>
            <source>%1 has %2 rows now; it had %3 before.</source>
            <translation>%1 现在有 %2 行，之前有 %3 行。</translation>
        </message>
        <message numerus="yes">
            <source>There are %n more remark(s).</source>
            <translation>
                <numerusform>还有 %n 条提示。</numerusform>
            </translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
    </context>
    <context>
        <name>lamina::ImportBanner</name>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Cancel the import</source>
            <translation>取消导入</translation>
        </message>
        <message>
            <source>Import</source>
            <translation>导入</translation>
        </message>
        <message numerus="yes">
            <source>%n second(s) left</source>
            <translation>
                <numerusform>剩余 %n 秒</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>lamina::ImportDialog</name>
        <message>
            <source>Import data</source>
            <translation>导入数据</translation>
        </message>
        <message>
            <source>&amp;Name</source>
            <translation>名称(&amp;N)</translation>
        </message>
        <message>
            <source>Name of the dataset</source>
            <translation>数据集的名称</translation>
        </message>
        <message>
            <source>&amp;Read as</source>
            <translation>读取方式(&amp;R)</translation>
        </message>
        <message>
            <source>Read as</source>
            <translation>读取方式</translation>
        </message>
        <message>
            <source>To be &amp;predicted</source>
            <translation>要预测的列(&amp;P)</translation>
        </message>
        <message>
            <source>Column to be predicted</source>
            <translation>要预测的列</translation>
        </message>
        <message>
            <source>The network learns to find this column from the others. It can be changed later.</source>
            <translation>网络学习根据其他列得出这一列。以后可以更改。</translation>
        </message>
        <message>
            <source>How the source is read</source>
            <translation>数据的读取方式</translation>
        </message>
        <message>
            <source>Reading the first rows</source>
            <translation>正在读取前几行</translation>
        </message>
        <message>
            <source>Some of the pictures</source>
            <translation>部分图片</translation>
        </message>
        <message>
            <source>First rows</source>
            <translation>前几行</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>&amp;Import</source>
            <translation>导入(&amp;I)</translation>
        </message>
        <message>
            <source>How it is read</source>
            <translation>读取设置</translation>
        </message>
        <message>
            <source>Reading the first rows …</source>
            <translation>正在读取前几行…</translation>
        </message>
        <message>
            <source>%1 pictures in %2 classes, %3 of each.</source>
            <translation>%1 张图片，%2 个类别，每类 %3 张。</translation>
        </message>
        <message>
            <source>%1 pictures in %2 classes, from %3 (%4) to %5 (%6).</source>
            <translation>%1 张图片，%2 个类别，从 %3 张（%4）到 %5 张（%6）。</translation>
        </message>
        <message>
            <source>%1 pixels each.</source>
            <translation>每张 %1 像素。</translation>
        </message>
        <message>
            <source>Sizes from about %1 to %2 pixels.</source>
            <translation>大小约从 %1 到 %2 像素。</translation>
        </message>
        <message>
            <source>The source has %1.</source>
            <translation>数据大小为 %1。</translation>
        </message>
        <message>
            <source>The source has %1, but only %2 are free beside the project.</source>
            <translation>数据大小为 %1，但项目所在磁盘只剩 %2。</translation>
        </message>
        <message>
            <source>The source has %1; %2 are free beside the project.</source>
            <translation>数据大小为 %1；项目所在磁盘剩余 %2。</translation>
        </message>
        <message>
            <source>found by itself</source>
            <translation>自动判断</translation>
        </message>
        <message>
            <source>Kind of the chosen column</source>
            <translation>所选列的类型</translation>
        </message>
        <message>
            <source>&amp;Kind of %1</source>
            <translation>%1 的类型(&amp;K)</translation>
        </message>
        <message>
            <source>Nothing (yet)</source>
            <translation>（暂时）无</translation>
        </message>
    </context>
    <context>
        <name>lamina::ImportFix</name>
        <message>
            <source>Read as Latin-1</source>
            <translation>按 Latin-1 读取</translation>
        </message>
        <message>
            <source>Leave such rows out</source>
            <translation>跳过这些行</translation>
        </message>
        <message>
            <source>Read without quotes</source>
            <translation>不识别引号</translation>
        </message>
        <message>
            <source>The first row is data</source>
            <translation>第一行是数据</translation>
        </message>
    </context>
    <context>
        <name>lamina::ImportFlow</name>
        <message>
            <source>This project is open in another window or program; nothing can be imported here.</source>
            <translation>此项目已在另一个窗口或程序中打开，这里不能导入。</translation>
        </message>
        <message>
            <source>A &amp;file (table, film, IDX) …</source>
            <translation>文件（表格、视频、IDX）(&amp;F)…</translation>
        </message>
        <message>
            <source>A f&amp;older with pictures or films …</source>
            <translation>图片或视频文件夹(&amp;O)…</translation>
        </message>
        <message>
            <source>&amp;Sample data: pictures of clothes</source>
            <translation>示例数据：服装图片(&amp;S)</translation>
        </message>
        <message>
            <source>Import a folder</source>
            <translation>导入文件夹</translation>
        </message>
        <message>
            <source>Import a file</source>
            <translation>导入文件</translation>
        </message>
        <message>
            <source>Import %1</source>
            <translation>导入 %1</translation>
        </message>
        <message>
            <source>The import was cancelled. Nothing was changed.</source>
            <translation>导入已取消，没有任何改动。</translation>
        </message>
        <message>
            <source>Change the settings …</source>
            <translation>更改设置…</translation>
        </message>
        <message>
            <source>%1 was imported: %2 rows.</source>
            <translation>已导入 %1：%2 行。</translation>
        </message>
        <message numerus="yes">
            <source>There are %n more remark(s).</source>
            <translation>
                <numerusform>还有 %n 条提示。</numerusform>
            </translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>全部显示</translation>
        </message>
        <message>
            <source>&amp;Paste cells of a spreadsheet</source>
            <translation>粘贴电子表格的单元格(&amp;P)</translation>
        </message>
        <message>
            <source>There is no table on the clipboard. Copy some cells of a spreadsheet first.</source>
            <translation>剪贴板上没有表格。请先在电子表格中复制一些单元格。</translation>
        </message>
        <message>
            <source>Pasted table</source>
            <translation>粘贴的表格</translation>
        </message>
    </context>
    <context>
        <name>lamina::ImportRemarks</name>
        <message>
            <source>Remarks of the import</source>
            <translation>导入时的提示</translation>
        </message>
        <message>
            <source>What the import of %1 had to remark:</source>
            <translation>导入 %1 时的提示：</translation>
        </message>
    </context>
    <context>
        <name>lamina::ImporterRows</name>
        <message>
            <source>Blanks</source>
            <translation>空格</translation>
        </message>
        <message>
            <source>UTF-16 (LE)</source>
            <translation>UTF-16（LE）</translation>
        </message>
        <message>
            <source>UTF-16 (BE)</source>
            <translation>UTF-16（BE）</translation>
        </message>
        <message>
            <source>Western (Windows-1252)</source>
            <translation>西欧（Windows-1252）</translation>
        </message>
        <message>
            <source>Cyrillic (Windows-1251)</source>
            <translation>西里尔文（Windows-1251）</translation>
        </message>
        <message>
            <source>Chinese (GB 18030)</source>
            <translation>中文（GB 18030）</translation>
        </message>
        <message>
            <source>Chinese (Big5)</source>
            <translation>繁体中文（Big5）</translation>
        </message>
        <message>
            <source>Japanese (Shift-JIS)</source>
            <translation>日文（Shift-JIS）</translation>
        </message>
        <message>
            <source>Korean (EUC-KR)</source>
            <translation>韩文（EUC-KR）</translation>
        </message>
        <message>
            <source>Day first</source>
            <translation>日在前</translation>
        </message>
        <message>
            <source>Month first</source>
            <translation>月在前</translation>
        </message>
        <message>
            <source>Found by itself</source>
            <translation>自动判断</translation>
        </message>
        <message>
            <source>Comma ,</source>
            <translation>逗号 ,</translation>
        </message>
        <message>
            <source>Semicolon ;</source>
            <translation>分号 ;</translation>
        </message>
        <message>
            <source>Bar |</source>
            <translation>竖线 |</translation>
        </message>
        <message>
            <source>Tab</source>
            <translation>制表符</translation>
        </message>
        <message>
            <source>Yes</source>
            <translation>是</translation>
        </message>
        <message>
            <source>No</source>
            <translation>否</translation>
        </message>
        <message>
            <source>None</source>
            <translation>无</translation>
        </message>
        <message>
            <source>Refuse the file</source>
            <translation>拒绝该文件</translation>
        </message>
        <message>
            <source>Fill or cut them</source>
            <translation>补齐或截断</translation>
        </message>
        <message>
            <source>Leave them out</source>
            <translation>跳过</translation>
        </message>
        <message>
            <source>UTF-8</source>
            <translation>UTF-8</translation>
        </message>
        <message>
            <source>Latin-1</source>
            <translation>Latin-1</translation>
        </message>
        <message>
            <source>Whole, with borders</source>
            <translation>完整，加边</translation>
        </message>
        <message>
            <source>Cut at the sides</source>
            <translation>裁掉两边</translation>
        </message>
        <message>
            <source>Stretched</source>
            <translation>拉伸</translation>
        </message>
        <message>
            <source>Grey</source>
            <translation>灰度</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>彩色</translation>
        </message>
        <message>
            <source>%1 (found)</source>
            <translation>%1（自动判断）</translation>
        </message>
        <message>
            <source>Point 3.5</source>
            <translation>点 3.5</translation>
        </message>
        <message>
            <source>Comma 3,5</source>
            <translation>逗号 3,5</translation>
        </message>
        <message>
            <source>As numbers, resized now</source>
            <translation>转为数值，立即缩放</translation>
        </message>
        <message>
            <source>Copied as files</source>
            <translation>按文件复制</translation>
        </message>
        <message>
            <source>Left where they are</source>
            <translation>保留在原处</translation>
        </message>
        <message>
            <source>The first page</source>
            <translation>第一页</translation>
        </message>
        <message>
            <source>Every page</source>
            <translation>每一页</translation>
        </message>
        <message>
            <source>A column for each value</source>
            <translation>每个值一列</translation>
        </message>
        <message>
            <source>One array per row</source>
            <translation>每行一个数组</translation>
        </message>
        <message>
            <source>As they stand</source>
            <translation>保持原样</translation>
        </message>
        <message>
            <source>Taken out</source>
            <translation>去除</translation>
        </message>
        <message>
            <source>Kept</source>
            <translation>保留</translation>
        </message>
        <message>
            <source>JPEG</source>
            <translation>JPEG</translation>
        </message>
        <message>
            <source>PNG</source>
            <translation>PNG</translation>
        </message>
        <message>
            <source>Lines that begin with #</source>
            <translation>以 # 开头的行</translation>
        </message>
        <message>
            <source>Single quotes '</source>
            <translation>单引号 '</translation>
        </message>
        <message>
            <source>Double quotes "</source>
            <translation>双引号 "</translation>
        </message>
        <message>
            <source>Colon :</source>
            <translation>冒号 :</translation>
        </message>
        <message>
            <source>Caret ^</source>
            <translation>脱字符 ^</translation>
        </message>
        <message>
            <source>Tilde ~</source>
            <translation>波浪号 ~</translation>
        </message>
        <message>
            <source>Yes, one</source>
            <translation>有，一行</translation>
        </message>
        <message>
            <source>Yes, two</source>
            <translation>有，两行</translation>
        </message>
        <message>
            <source>Yes, three</source>
            <translation>有，三行</translation>
        </message>
        <message>
            <source>Hash #</source>
            <translation>井号 #</translation>
        </message>
        <message>
            <source>Ampersand &amp;</source>
            <translation>和号 &amp;</translation>
        </message>
        <message>
            <source>Two colons ::</source>
            <translation>双冒号 ::</translation>
        </message>
        <message>
            <source>Two bars ||</source>
            <translation>双竖线 ||</translation>
        </message>
        <message>
            <source>Control character 01 (Hive)</source>
            <translation>控制字符 01（Hive）</translation>
        </message>
        <message>
            <source>Control character 1F</source>
            <translation>控制字符 1F</translation>
        </message>
    </context>
    <context>
        <name>lamina::NoData</name>
        <message>
            <source>Bring your data</source>
            <translation>放入您的数据</translation>
        </message>
        <message>
            <source>&amp;Import …</source>
            <translation>导入(&amp;I)…</translation>
        </message>
        <message>
            <source>Choose a file or folder (Ctrl+I)</source>
            <translation>选择文件或文件夹（Ctrl+I）</translation>
        </message>
        <message>
            <source>Use &amp;sample data</source>
            <translation>使用示例数据(&amp;S)</translation>
        </message>
        <message>
            <source>70,000 small pictures of clothes (Fashion-MNIST)</source>
            <translation>70,000 张服装小图片（Fashion-MNIST）</translation>
        </message>
        <message>
            <source>Drop a file or a folder here: a table (CSV, Excel, JSON …), pictures in folders, films, or IDX files; or copy cells of a spreadsheet and paste them with Ctrl+V. You see how it is read before anything is imported; your files stay as they are.</source>
            <translation>把文件或文件夹拖到这里：表格（CSV、Excel、JSON 等）、按文件夹存放的图片、视频或 IDX 文件；也可以复制电子表格的单元格并用 Ctrl+V 粘贴。导入前会先显示读取方式，您的文件保持不变。</translation>
        </message>
    </context>
    <context>
        <name>lamina::Part</name>
        <message>
            <source>Training</source>
            <translation>训练</translation>
        </message>
        <message>
            <source>Validation</source>
            <translation>验证</translation>
        </message>
        <message>
            <source>Test</source>
            <translation>测试</translation>
        </message>
        <message>
            <source>Not used</source>
            <translation>未使用</translation>
        </message>
    </context>
    <context>
        <name>lamina::PartsBar</name>
        <message>
            <source>%1 %2 (%3 %)</source>
            <translation>%1 %2（%3%）</translation>
        </message>
    </context>
    <context>
        <name>lamina::ProfileFigures</name>
        <message>
            <source>%1 (%2)</source>
            <translation>%1（%2）</translation>
        </message>
        <message>
            <source>Missing</source>
            <translation>缺失</translation>
        </message>
        <message>
            <source>none</source>
            <translation>无</translation>
        </message>
        <message>
            <source>%1 is missing</source>
            <translation>%1 缺失</translation>
        </message>
        <message>
            <source>Wrong</source>
            <translation>错误</translation>
        </message>
        <message>
            <source>%1 is wrong</source>
            <translation>%1 错误</translation>
        </message>
        <message>
            <source>Different values</source>
            <translation>不同的值</translation>
        </message>
        <message>
            <source>The same value everywhere: nothing can be learned from it.</source>
            <translation>所有值都相同：从中学不到任何东西。</translation>
        </message>
        <message>
            <source>A different value in every row: likely a number or name of the row.</source>
            <translation>每一行的值都不同：可能是行的编号或名称。</translation>
        </message>
        <message>
            <source>Smallest</source>
            <translation>最小</translation>
        </message>
        <message>
            <source>Smallest %1</source>
            <translation>最小的 %1</translation>
        </message>
        <message>
            <source>Largest</source>
            <translation>最大</translation>
        </message>
        <message>
            <source>Largest %1</source>
            <translation>最大的 %1</translation>
        </message>
        <message>
            <source>Median</source>
            <translation>中位数</translation>
        </message>
        <message>
            <source>Middle half</source>
            <translation>中间一半</translation>
        </message>
        <message>
            <source>%1 … %2</source>
            <translation>%1 … %2</translation>
        </message>
        <message>
            <source>Middle half of %1</source>
            <translation>%1 的中间一半</translation>
        </message>
        <message>
            <source>5 % … 95 %</source>
            <translation>5 % … 95 %</translation>
        </message>
        <message>
            <source>Mean</source>
            <translation>平均值</translation>
        </message>
        <message>
            <source>Deviation</source>
            <translation>标准差</translation>
        </message>
        <message>
            <source>Zeros</source>
            <translation>零</translation>
        </message>
        <message>
            <source>%1 is 0</source>
            <translation>%1 为 0</translation>
        </message>
        <message>
            <source>Below zero</source>
            <translation>小于零</translation>
        </message>
        <message>
            <source>%1 is below 0</source>
            <translation>%1 小于 0</translation>
        </message>
        <message>
            <source>Far away</source>
            <translation>离群</translation>
        </message>
        <message>
            <source>%1 below %2 or above %3</source>
            <translation>%1 低于 %2 或高于 %3</translation>
        </message>
        <message>
            <source>Characters</source>
            <translation>字符数</translation>
        </message>
        <message>
            <source>%1 … %2, median %3</source>
            <translation>%1 … %2，中位数 %3</translation>
        </message>
        <message>
            <source>Longest</source>
            <translation>最长</translation>
        </message>
        <message>
            <source>Longest %1</source>
            <translation>最长的 %1</translation>
        </message>
        <message>
            <source>Only blanks</source>
            <translation>只有空格</translation>
        </message>
        <message>
            <source>Blanks around</source>
            <translation>两端有空格</translation>
        </message>
        <message>
            <source>Words for “missing”</source>
            <translation>表示“缺失”的词</translation>
        </message>
        <message>
            <source>Almost all values read like numbers.</source>
            <translation>几乎所有的值看起来都像数字。</translation>
        </message>
        <message>
            <source>Almost all values read like dates.</source>
            <translation>几乎所有的值看起来都像日期。</translation>
        </message>
        <message>
            <source>Sizes</source>
            <translation>尺寸</translation>
        </message>
        <message>
            <source>%1 × %2 … %3 × %4</source>
            <translation>%1 × %2 … %3 × %4</translation>
        </message>
        <message>
            <source>Grey</source>
            <translation>灰度</translation>
        </message>
        <message>
            <source>And the target</source>
            <translation>与目标的关系</translation>
        </message>
        <message>
            <source>Relation</source>
            <translation>关联</translation>
        </message>
        <message>
            <source>%1 of 1</source>
            <translation>%1（满分 1）</translation>
        </message>
        <message>
            <source>Tells alone</source>
            <translation>单独预测</translation>
        </message>
        <message>
            <source>%1 of what a guess gets wrong</source>
            <translation>猜错部分的 %1</translation>
        </message>
        <message>
            <source>Most frequent</source>
            <translation>最常见</translation>
        </message>
        <message>
            <source>(empty text)</source>
            <translation>（空文本）</translation>
        </message>
        <message>
            <source>%1 is “%2”</source>
            <translation>%1 为“%2”</translation>
        </message>
        <message>
            <source>Repeated rows</source>
            <translation>重复的行</translation>
        </message>
        <message>
            <source>Exactly alike</source>
            <translation>完全相同</translation>
        </message>
        <message>
            <source>Rows that are there more than once</source>
            <translation>出现多次的行</translation>
        </message>
        <message>
            <source>Pictures that look alike</source>
            <translation>看起来相似的图片</translation>
        </message>
        <message>
            <source>In two parts of the split</source>
            <translation>跨两个部分</translation>
        </message>
        <message>
            <source>Rows whose like is in another part</source>
            <translation>在其他部分有相同行的行</translation>
        </message>
        <message>
            <source>May give the target away</source>
            <translation>可能泄露目标</translation>
        </message>
        <message>
            <source>Each of these columns alone tells the target far better than any other. Is it known when a prediction is made? If not, ignore it.</source>
            <translation>这些列中的每一列单独就能比其他列好得多地得出目标。预测时知道它吗？如果不知道，请忽略它。</translation>
        </message>
        <message>
            <source>Missing together</source>
            <translation>一起缺失</translation>
        </message>
        <message>
            <source>Every row is complete.</source>
            <translation>每一行都是完整的。</translation>
        </message>
        <message>
            <source>Nothing is missing</source>
            <translation>没有缺失</translation>
        </message>
        <message>
            <source>Missing: %1</source>
            <translation>缺失：%1</translation>
        </message>
        <message>
            <source>Rise and fall together</source>
            <translation>同升同降</translation>
        </message>
        <message>
            <source>No two columns of numbers do so clearly.</source>
            <translation>没有两个数字列明显如此。</translation>
        </message>
        <message>
            <source>%1 and %2</source>
            <translation>%1 和 %2</translation>
        </message>
        <message>
            <source>Rows</source>
            <translation>行</translation>
        </message>
        <message>
            <source>Columns</source>
            <translation>列</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>大小</translation>
        </message>
        <message>
            <source>Classes of the target</source>
            <translation>目标的类别</translation>
        </message>
        <message>
            <source>Alike to a model</source>
            <translation>对模型而言相同</translation>
        </message>
        <message>
            <source>Rows that are alike in what a model sees</source>
            <translation>在模型可见的列上相同的行</translation>
        </message>
        <message>
            <source>They differ in %1, which a model does not see: they may well be different things.</source>
            <translation>它们在模型看不到的 %1 上不同，很可能是不同的对象。</translation>
        </message>
        <message numerus="yes">
            <source>%n class(es) have fewer than 5 rows: figures about them say little.</source>
            <translation>
                <numerusform>有 %n 个类别不足 5 行，关于它们的指标意义不大。</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 holds only blanks</source>
            <translation>%1 只含空白</translation>
        </message>
        <message>
            <source>%1 has blanks around</source>
            <translation>%1 首尾有空白</translation>
        </message>
        <message>
            <source>%1 is a word for “missing”</source>
            <translation>%1 是表示“缺失”的词</translation>
        </message>
    </context>
    <context>
        <name>lamina::SplitBar</name>
        <message>
            <source>The data is not split yet.</source>
            <translation>数据尚未划分。</translation>
        </message>
        <message>
            <source>C&amp;hange the split</source>
            <translation>更改划分(&amp;H)</translation>
        </message>
        <message>
            <source>S&amp;plit the data</source>
            <translation>划分数据(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Build a model</source>
            <translation>构建模型(&amp;B)</translation>
        </message>
        <message>
            <source>Go on to the network that learns from this data</source>
            <translation>继续：构建从这些数据学习的网络</translation>
        </message>
        <message>
            <source>The recipe gives other rows than those that were divided.</source>
            <translation>清洗配方得到的行与已划分的行不同。</translation>
        </message>
        <message>
            <source>Divide &amp;again</source>
            <translation>重新划分(&amp;A)</translation>
        </message>
        <message>
            <source>The rows that the recipe makes: %1 training, %2 validation, %3 test</source>
            <translation>清洗配方产生的行：训练 %1，验证 %2，测试 %3</translation>
        </message>
    </context>
    <context>
        <name>lamina::SplitView</name>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>另外 %n 个</numerusform>
            </translation>
        </message>
        <message>
            <source>Training, validation and test</source>
            <translation>训练、验证和测试</translation>
        </message>
        <message>
            <source>The network learns from the training part. The validation part says during training whether it gets better. The test part stays unseen until the final check.</source>
            <translation>网络从训练部分学习。训练过程中，验证部分说明网络是否在变好。测试部分在最终检验之前不会被使用。</translation>
        </message>
        <message>
            <source>Training</source>
            <translation>训练</translation>
        </message>
        <message>
            <source>&amp;Validation</source>
            <translation>验证(&amp;V)</translation>
        </message>
        <message>
            <source>&amp;Test</source>
            <translation>测试(&amp;T)</translation>
        </message>
        <message>
            <source>See&amp;d</source>
            <translation>随机种子(&amp;D)</translation>
        </message>
        <message>
            <source>Share of the validation part</source>
            <translation>验证部分的比例</translation>
        </message>
        <message>
            <source>Share of the test part</source>
            <translation>测试部分的比例</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>随机种子</translation>
        </message>
        <message>
            <source>The same seed draws the same parts again.</source>
            <translation>相同的随机种子会得到相同的划分。</translation>
        </message>
        <message>
            <source>Same share of each &amp;class in every part</source>
            <translation>各部分中每个类别的比例相同(&amp;C)</translation>
        </message>
        <message>
            <source>D&amp;raw the parts again</source>
            <translation>重新划分(&amp;R)</translation>
        </message>
        <message>
            <source>Trainings that were run keep the parts they were run with.</source>
            <translation>已经运行的训练保留当时的划分。</translation>
        </message>
        <message>
            <source>Take the test part as the data &amp;brings it (column %1)</source>
            <translation>使用数据自带的测试部分（列 %1）(&amp;B)</translation>
        </message>
        <message>
            <source>Items per class</source>
            <translation>每个类别的数量</translation>
        </message>
        <message>
            <source>No column is the target yet. Choose it in the panel at the right.</source>
            <translation>还没有目标列。请在右侧面板中选择。</translation>
        </message>
        <message>
            <source>%1 is a number: there are no classes to count.</source>
            <translation>%1 是数值，没有类别可统计。</translation>
        </message>
        <message>
            <source>In the training part %1 has %2 items, %3 only %4. A network tends to overlook rare classes: look at the recall of each class in Review.</source>
            <translation>在训练部分中，%1 有 %2 项，而 %3 只有 %4 项。网络容易忽视少见的类别：请在“评审”页查看各类别的召回率。</translation>
        </message>
        <message>
            <source>The classes of %1 have similar sizes.</source>
            <translation>%1 的各类别数量相近。</translation>
        </message>
        <message>
            <source>Nothing remains to train on: lower the other shares.</source>
            <translation>没有剩余的数据可用于训练：请降低其他比例。</translation>
        </message>
        <message>
            <source>%1 % of what is not in the test part</source>
            <translation>测试部分之外的 %1%</translation>
        </message>
        <message>
            <source>%1 % (what remains)</source>
            <translation>%1%（剩余部分）</translation>
        </message>
        <message>
            <source>Item by item, by chance</source>
            <translation>逐项随机</translation>
        </message>
        <message>
            <source>By group: what belongs together stays together</source>
            <translation>按组：属于一起的保持在一起</translation>
        </message>
        <message>
            <source>By time: the newest items are the test</source>
            <translation>按时间：最新的项目用于测试</translation>
        </message>
        <message>
            <source>By folder of the pictures</source>
            <translation>按图片所在文件夹</translation>
        </message>
        <message>
            <source>Pictures that look alike stay together</source>
            <translation>看起来相似的图片保持在一起</translation>
        </message>
        <message>
            <source>&amp;How</source>
            <translation>方式(&amp;H)</translation>
        </message>
        <message>
            <source>C&amp;olumn</source>
            <translation>列(&amp;O)</translation>
        </message>
        <message>
            <source>&amp;Folds</source>
            <translation>折数(&amp;F)</translation>
        </message>
        <message>
            <source>This f&amp;old</source>
            <translation>本折(&amp;O)</translation>
        </message>
        <message>
            <source>How the items are divided</source>
            <translation>项目如何划分</translation>
        </message>
        <message>
            <source>The column that they are divided by</source>
            <translation>划分所依据的列</translation>
        </message>
        <message>
            <source>Number of folds</source>
            <translation>折数</translation>
        </message>
        <message>
            <source>none</source>
            <translation>无</translation>
        </message>
        <message>
            <source>Cross-validation: the items outside the test part are dealt into so many folds; one validates, the others train.</source>
            <translation>交叉验证：测试部分以外的项目分成若干折；一折用于验证，其余用于训练。</translation>
        </message>
        <message>
            <source>The fold that validates</source>
            <translation>用于验证的折</translation>
        </message>
        <message>
            <source>&amp;Mend: put together what belongs together</source>
            <translation>修复：把属于一起的放在一起(&amp;M)</translation>
        </message>
        <message>
            <source>Rows with the same value of the column (a patient, a customer) never lie in two parts.</source>
            <translation>该列值相同的行（同一患者、同一客户）不会分在两个部分。</translation>
        </message>
        <message>
            <source>The network learns from the past and is tested on what came later, as it will be used.</source>
            <translation>网络从过去学习，并在之后的数据上测试，与实际使用方式一致。</translation>
        </message>
        <message>
            <source>Pictures of one folder never lie in two parts.</source>
            <translation>同一文件夹的图片不会分在两个部分。</translation>
        </message>
        <message>
            <source>All pictures are compared first; very large groups (above 5 % of all) are not kept together.</source>
            <translation>首先比较所有图片；非常大的组（超过全部的 5 %）不会保持在一起。</translation>
        </message>
        <message>
            <source>Leak meter: %1 items of the validation part and %2 of the test part have their like in another part (%3 pairs). Scores will look better than they are.</source>
            <translation>泄漏计：验证部分有 %1 个项目、测试部分有 %2 个项目在其他部分有相同项（%3 对）。分数会显得比实际好。</translation>
        </message>
        <message>
            <source>Leak meter: no item of the validation or test part is the same as one of another part.</source>
            <translation>泄漏计：验证和测试部分没有任何项目与其他部分的项目相同。</translation>
        </message>
        <message>
            <source>%1 (%2)</source>
            <translation>%1（%2）</translation>
        </message>
        <message numerus="yes">
            <source>%n class(es) have fewer than 5 items: %1. They are not in every part, or say little there. Merge them with others (step “Replace values”), or bring more.</source>
            <translation>
                <numerusform>有 %n 个类别不足 5 项：%1。它们不在每个部分中，或在其中意义不大。请与其他类别合并（步骤“替换值”）或补充数据。</numerusform>
            </translation>
        </message>
        <message>
            <source>The recipe makes rows of its own: they are divided, and not the rows that are shown here.</source>
            <translation>清洗配方会产生新的行：被划分的是这些行，而不是这里显示的行。</translation>
        </message>
        <message>
            <source>As a column says: training, test</source>
            <translation>按某列的说明：训练、测试</translation>
        </message>
        <message>
            <source>Items that the column calls test are the test part; validation is drawn from the rest where it names none. The column itself is no input then: it becomes ignored.</source>
            <translation>该列标为测试的项即测试部分；未标出验证部分时，从其余项中抽取。该列本身不再作为输入，会变为忽略。</translation>
        </message>
        <message>
            <source>Show them</source>
            <translation>显示它们</translation>
        </message>
        <message>
            <source>Alike, in different parts</source>
            <translation>相同但位于不同部分</translation>
        </message>
    </context>
    <context>
        <name>lamina::SplitWords</name>
        <message>
            <source>%1 (%2)</source>
            <translation>%1（%2）</translation>
        </message>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>另外 %n 个</numerusform>
            </translation>
        </message>
        <message>
            <source>Rare classes: %1. So few rows are not in every part, or say little there: merge them with others or bring more.</source>
            <translation>稀有类别：%1。行数太少，不在每个部分中，或在其中意义不大：请与其他类别合并或补充数据。</translation>
        </message>
    </context>
</TS>
