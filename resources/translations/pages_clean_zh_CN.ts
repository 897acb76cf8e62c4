<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
    <context>
        <name>lamina::CleanMenu</name>
        <message>
            <source>Recipe and table as files</source>
            <translation>把配方和表格存为文件</translation>
        </message>
        <message>
            <source>&amp;Save the recipe as a file …</source>
            <translation>将配方保存为文件(&amp;S)…</translation>
        </message>
        <message>
            <source>&amp;Take the steps of a recipe file …</source>
            <translation>采用配方文件中的步骤(&amp;T)…</translation>
        </message>
        <message>
            <source>&amp;Make a dataset of this state …</source>
            <translation>用此状态创建数据集(&amp;M)…</translation>
        </message>
        <message>
            <source>&amp;Export this table …</source>
            <translation>导出此表格(&amp;E)…</translation>
        </message>
    </context>
    <context>
        <name>lamina::CleanPage</name>
        <message>
            <source>Stopped. The table shows what was computed before.</source>
            <translation>已停止。表格显示之前的计算结果。</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>继续</translation>
        </message>
        <message>
            <source>%1 rows, %2 columns</source>
            <translation>%1 行，%2 列</translation>
        </message>
        <message>
            <source>You look at the data as it was imported. It never changes.</source>
            <translation>您看到的是导入时的数据，它永远不会改变。</translation>
        </message>
        <message>
            <source>this step could not run</source>
            <translation>此步骤无法运行</translation>
        </message>
        <message>
            <source>After step %1, %2</source>
            <translation>第 %1 步“%2”之后</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1：%2</translation>
        </message>
        <message>
            <source>new</source>
            <translation>新</translation>
        </message>
        <message>
            <source>target</source>
            <translation>目标</translation>
        </message>
        <message>
            <source>“%1” was deleted.</source>
            <translation>“%1”已删除。</translation>
        </message>
        <message numerus="yes">
            <source>%n step(s) were deleted.</source>
            <translation>
                <numerusform>已删除 %n 个步骤。</numerusform>
            </translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <source>No project is open</source>
            <translation>没有打开的项目</translation>
        </message>
        <message>
            <source>A project keeps data, networks and trainings together. Open one or begin a new one, then bring your data here.</source>
            <translation>项目把数据、网络和训练放在一起。请打开一个项目或新建一个，然后把数据带到这里。</translation>
        </message>
        <message>
            <source>Tidy up your data here</source>
            <translation>在这里整理您的数据</translation>
        </message>
        <message>
            <source>Fill gaps, mend spellings, leave columns out, sort out strange values: step by step, always undoable, and the file itself never changes. First bring data on the Data page.</source>
            <translation>填补空缺、修正拼写、去掉列、处理异常值：一步一步进行，随时可以撤销，文件本身永远不会改变。请先在“数据”页导入数据。</translation>
        </message>
        <message>
            <source>Bring data</source>
            <translation>导入数据</translation>
        </message>
        <message>
            <source>Clean</source>
            <translation>清洗</translation>
        </message>
        <message>
            <source>Go on to &amp;Model</source>
            <translation>继续到模型(&amp;M)</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>步骤</translation>
        </message>
        <message>
            <source>Nothing is changed yet. Say above what you want to do, right-click a column or a cell, double-click a cell to correct it, or take a suggestion from below. Each step can be switched off, moved and undone.</source>
            <translation>尚未更改任何内容。请在上方输入想做的事，右键单击列或单元格，双击单元格进行更正，或采用下方的建议。每个步骤都可以关闭、移动和撤销。</translation>
        </message>
        <message>
            <source>Dataset</source>
            <translation>数据集</translation>
        </message>
        <message>
            <source>%1 is to be predicted now. Training, validation and test were drawn again.</source>
            <translation>现在要预测 %1。训练、验证和测试部分已重新划分。</translation>
        </message>
        <message>
            <source>%1 is to be predicted now.</source>
            <translation>现在要预测 %1。</translation>
        </message>
        <message>
            <source>not changed yet</source>
            <translation>尚未修改</translation>
        </message>
        <message>
            <source>cleaned: %1 rows, %2 columns</source>
            <translation>清洗后：%1 行，%2 列</translation>
        </message>
        <message>
            <source>%1 · %2</source>
            <translation>%1 · %2</translation>
        </message>
        <message>
            <source>Is to be &amp;predicted</source>
            <translation>设为要预测的列(&amp;P)</translation>
        </message>
        <message>
            <source>The recipe gives other rows now than those that were divided into training, validation and test. Training begins only when they are divided again.</source>
            <translation>清洗配方现在得到的行与已划分为训练、验证和测试的行不同。重新划分后才能开始训练。</translation>
        </message>
        <message>
            <source>Divide again</source>
            <translation>重新划分</translation>
        </message>
        <message>
            <source>Divide the data again</source>
            <translation>重新划分数据</translation>
        </message>
        <message>
            <source>Divided again: %1 training, %2 validation, %3 test.</source>
            <translation>已重新划分：训练 %1，验证 %2，测试 %3。</translation>
        </message>
    </context>
    <context>
        <name>lamina::CleanWords</name>
        <message>
            <source>Missing values</source>
            <translation>缺失值</translation>
        </message>
        <message>
            <source>Columns</source>
            <translation>列</translation>
        </message>
        <message>
            <source>Text</source>
            <translation>文本</translation>
        </message>
        <message>
            <source>Values</source>
            <translation>值</translation>
        </message>
        <message>
            <source>Rows</source>
            <translation>行</translation>
        </message>
        <message>
            <source>Numbers</source>
            <translation>数字</translation>
        </message>
        <message>
            <source>Categories</source>
            <translation>类别</translation>
        </message>
        <message>
            <source>Dates and times</source>
            <translation>日期和时间</translation>
        </message>
        <message>
            <source>Several tables</source>
            <translation>多个表格</translation>
        </message>
        <message>
            <source>Privacy</source>
            <translation>隐私</translation>
        </message>
        <message>
            <source>“%1”</source>
            <translation>“%1”</translation>
        </message>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>另外 %n 个</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 %2</source>
            <translation>%1 %2</translation>
        </message>
        <message numerus="yes">
            <source>%1 cell(s) changed</source>
            <translation>
                <numerusform>更改了 %1 个单元格</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 row(s) removed</source>
            <translation>
                <numerusform>移除了 %1 行</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 not read</source>
            <translation>%1 个无法读取</translation>
        </message>
        <message>
            <source>%1 not found</source>
            <translation>%1 个未找到</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1：%2</translation>
        </message>
    </context>
    <context>
        <name>lamina::EffectWords</name>
        <message>
            <source>Rows that it takes away get no prediction later on either; the reason is said there.</source>
            <translation>它移除的行以后也不会得到预测；届时会说明原因。</translation>
        </message>
        <message>
            <source>It counts while a network is trained; when predicting, no row is left out.</source>
            <translation>它只在训练网络时生效；预测时不会遗漏任何一行。</translation>
        </message>
        <message>
            <source>It gives other rows than those that come in: new rows cannot be predicted one by one behind it.</source>
            <translation>它输出的行与输入的行不同：在它之后无法逐行预测新数据。</translation>
        </message>
    </context>
    <context>
        <name>lamina::LookWords</name>
        <message>
            <source>%1 is almost empty: %2 of the rows have no value.</source>
            <translation>%1 几乎是空的：%2 的行没有值。</translation>
        </message>
        <message>
            <source>%1 is text, but reads like numbers.</source>
            <translation>%1 是文本，但看起来像数字。</translation>
        </message>
        <message>
            <source>%1 is text, but reads like dates.</source>
            <translation>%1 是文本，但看起来像日期。</translation>
        </message>
        <message>
            <source>%1 has the same value in every row.</source>
            <translation>%1 在每一行的值都相同。</translation>
        </message>
        <message>
            <source>%1 is different in every row: a number or name of the row, nothing to learn from.</source>
            <translation>%1 每一行都不同：只是行的编号或名称，没有可学的内容。</translation>
        </message>
        <message>
            <source>%1 has values that seem to be spellings of one thing, like “%2” and “%3”.</source>
            <translation>%1 中有些值似乎是同一事物的不同写法，例如“%2”和“%3”。</translation>
        </message>
        <message>
            <source>Rows that repeat another one exactly: %1.</source>
            <translation>与其他行完全相同的行：%1。</translation>
        </message>
        <message>
            <source>%1 alone tells the target almost always: is it known when predicting?</source>
            <translation>仅凭 %1 几乎总能得出目标：预测时知道它吗？</translation>
        </message>
        <message numerus="yes">
            <source>%n row(s) have no %1, which is to be predicted: they teach nothing.</source>
            <translation>
                <numerusform>%n 行没有要预测的 %1：这些行没有学习价值。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 has no value in %n row(s) (%2).</source>
            <translation>
                <numerusform>%1 有 %n 行没有值（%2）。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 has words in %n row(s) that likely mean “no value”.</source>
            <translation>
                <numerusform>%1 有 %n 行中的词可能表示“无值”。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 has blanks around its texts in %n row(s).</source>
            <translation>
                <numerusform>%1 有 %n 行的文本首尾带空格。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 has %n value(s) far away from the others.</source>
            <translation>
                <numerusform>%1 有 %n 个值远离其他值。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n row(s) look like another one only since %1 was left out: they may well be different things, so they are not proposed for removal.</source>
            <translation>
                <numerusform>有 %n 行只是因为略去了 %1 才与其他行相同：它们很可能是不同的对象，因此不建议删除。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n class(es) of the target have fewer than 5 rows, like “%1” with %2: merge them with others, bring more of them, or do not trust their figures.</source>
            <translation>
                <numerusform>目标中有 %n 个类别不足 5 行，例如“%1”只有 %2 行：请与其他类别合并、补充数据，或不要相信它们的指标。</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 has rare values that may be misspelt: it also has “%2”, and “%3”. Look at the list first.</source>
            <translation>%1 中有些少见的值可能拼写有误：其中既有“%2”，也有“%3”。请先查看列表。</translation>
        </message>
        <message numerus="yes">
            <source>%n picture(s) of %1 look like another one, in another size, format or brightness.</source>
            <translation><numerusform>%1 中有 %n 张图片与其他图片看起来相同，只是尺寸、格式或亮度不同。</numerusform></translation>
        </message>
    </context>
    <context>
        <name>lamina::OfferWords</name>
        <message>
            <source>&amp;Fill missing values of %1 …</source>
            <translation>填补 %1 的缺失值(&amp;F)…</translation>
        </message>
        <message>
            <source>Remove rows where %1 is missing</source>
            <translation>移除 %1 缺失的行</translation>
        </message>
        <message>
            <source>&amp;Leave out %1</source>
            <translation>去掉 %1(&amp;L)</translation>
        </message>
        <message>
            <source>Re&amp;name %1 …</source>
            <translation>重命名 %1(&amp;N)…</translation>
        </message>
        <message>
            <source>Change the &amp;type of %1 …</source>
            <translation>更改 %1 的类型(&amp;T)…</translation>
        </message>
        <message>
            <source>Tidy &amp;blanks in %1</source>
            <translation>整理 %1 中的空格(&amp;B)</translation>
        </message>
        <message>
            <source>&amp;Replace text in %1 …</source>
            <translation>替换 %1 中的文本(&amp;R)…</translation>
        </message>
        <message>
            <source>&amp;Merge spellings of %1 …</source>
            <translation>合并 %1 的不同写法(&amp;M)…</translation>
        </message>
        <message>
            <source>Read numbers out of %1</source>
            <translation>从 %1 读取数字</translation>
        </message>
        <message>
            <source>Read dates out of %1</source>
            <translation>从 %1 读取日期</translation>
        </message>
        <message>
            <source>&amp;Split %1 into columns …</source>
            <translation>将 %1 拆分为多列(&amp;S)…</translation>
        </message>
        <message>
            <source>Handle &amp;outliers of %1 …</source>
            <translation>处理 %1 的离群值(&amp;O)…</translation>
        </message>
        <message>
            <source>&amp;Scale %1 …</source>
            <translation>缩放 %1(&amp;S)…</translation>
        </message>
        <message>
            <source>Group %1 into bins …</source>
            <translation>将 %1 分组…</translation>
        </message>
        <message>
            <source>Take parts of %1 (year, month …) …</source>
            <translation>提取 %1 的部分（年、月……）…</translation>
        </message>
        <message>
            <source>&amp;Keep only rows where %1 is “%2”</source>
            <translation>只保留 %1 为“%2”的行(&amp;K)</translation>
        </message>
        <message>
            <source>Re&amp;move rows where %1 is “%2”</source>
            <translation>移除 %1 为“%2”的行(&amp;M)</translation>
        </message>
        <message>
            <source>&amp;Replace “%1” everywhere in %2 …</source>
            <translation>替换 %2 中所有的“%1”(&amp;R)…</translation>
        </message>
        <message>
            <source>“%1” means: there is no &amp;value</source>
            <translation>“%1”表示：没有值(&amp;V)</translation>
        </message>
    </context>
    <context>
        <name>lamina::StateOutlets</name>
        <message>
            <source>CSV, for other programs (*.csv)</source>
            <translation>CSV，供其他程序使用 (*.csv)</translation>
        </message>
        <message>
            <source>CSV, to be opened in Excel (*.csv)</source>
            <translation>CSV，用 Excel 打开 (*.csv)</translation>
        </message>
        <message>
            <source>Excel workbook (*.xlsx)</source>
            <translation>Excel 工作簿 (*.xlsx)</translation>
        </message>
        <message>
            <source>JSON Lines (*.jsonl)</source>
            <translation>JSON Lines (*.jsonl)</translation>
        </message>
        <message>
            <source>NumPy arrays (*.npz)</source>
            <translation>NumPy 数组 (*.npz)</translation>
        </message>
        <message>
            <source>Save the recipe</source>
            <translation>保存配方</translation>
        </message>
        <message>
            <source>Recipes (*%1)</source>
            <translation>配方 (*%1)</translation>
        </message>
        <message>
            <source>The recipe was saved as %1.</source>
            <translation>配方已保存为 %1。</translation>
        </message>
        <message>
            <source>Take the steps of a recipe</source>
            <translation>采用配方的步骤</translation>
        </message>
        <message>
            <source>Recipes (*.json)</source>
            <translation>配方 (*.json)</translation>
        </message>
        <message>
            <source>Make a dataset of this state</source>
            <translation>用此状态创建数据集</translation>
        </message>
        <message>
            <source>Name of the new dataset:</source>
            <translation>新数据集的名称：</translation>
        </message>
        <message>
            <source>%1, cleaned</source>
            <translation>%1（已清洗）</translation>
        </message>
        <message>
            <source>Make %1</source>
            <translation>创建 %1</translation>
        </message>
        <message>
            <source>%1 is there, with %2 rows.</source>
            <translation>%1 已创建，共 %2 行。</translation>
        </message>
        <message>
            <source>Look at it</source>
            <translation>查看</translation>
        </message>
        <message>
            <source>Export this table</source>
            <translation>导出此表格</translation>
        </message>
        <message>
            <source>Export %1</source>
            <translation>导出 %1</translation>
        </message>
        <message>
            <source>%1 rows were written to %2.</source>
            <translation>已将 %1 行写入 %2。</translation>
        </message>
        <message>
            <source>Steps of this recipe hide values with a secret key. The file is written without the keys: whoever applies it types them in again.</source>
            <translation>此配方的步骤使用密钥隐藏数值。文件不含密钥：应用者需重新输入。</translation>
        </message>
        <message>
            <source>Whoever has a key can find out whose values the codes stand for.</source>
            <translation>持有密钥的人可以查出代码对应的是谁的数据。</translation>
        </message>
        <message>
            <source>Write the &amp;keys into the file, too</source>
            <translation>同时将密钥写入文件(&amp;K)</translation>
        </message>
    </context>
    <context>
        <name>lamina::StateView</name>
        <message>
            <source>Only what &amp;changed</source>
            <translation>仅显示更改(&amp;C)</translation>
        </message>
        <message>
            <source>Only rows in which this step changed, removed or could not read something</source>
            <translation>只显示被此步骤更改、移除或无法读取的行</translation>
        </message>
        <message>
            <source>&amp;Removed rows</source>
            <translation>已移除的行(&amp;R)</translation>
        </message>
        <message>
            <source>Also show rows that earlier steps removed</source>
            <translation>同时显示之前步骤移除的行</translation>
        </message>
        <message>
            <source>The recipe is running</source>
            <translation>正在运行配方</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>The table as the steps leave it</source>
            <translation>步骤处理后的表格</translation>
        </message>
    </context>
    <context>
        <name>lamina::StepList</name>
        <message>
            <source>Steps of the recipe</source>
            <translation>配方的步骤</translation>
        </message>
        <message>
            <source>&amp;Settings</source>
            <translation>设置(&amp;S)</translation>
        </message>
        <message>
            <source>Switch &amp;off</source>
            <translation>关闭(&amp;O)</translation>
        </message>
        <message>
            <source>Switch &amp;on</source>
            <translation>打开(&amp;O)</translation>
        </message>
        <message>
            <source>D&amp;uplicate</source>
            <translation>复制(&amp;U)</translation>
        </message>
        <message>
            <source>Move &amp;up</source>
            <translation>上移(&amp;U)</translation>
        </message>
        <message>
            <source>Move &amp;down</source>
            <translation>下移(&amp;D)</translation>
        </message>
        <message>
            <source>&amp;Delete</source>
            <translation>删除(&amp;D)</translation>
        </message>
    </context>
    <context>
        <name>lamina::StepListModel</name>
        <message>
            <source>Waits until step %1 works.</source>
            <translation>等待第 %1 步能够运行。</translation>
        </message>
        <message>
            <source>The data as it was imported</source>
            <translation>导入时的数据</translation>
        </message>
        <message>
            <source>The data as it was imported: %1</source>
            <translation>导入时的数据：%1</translation>
        </message>
        <message>
            <source>switched off</source>
            <translation>已关闭</translation>
        </message>
        <message>
            <source>Step %1: %2</source>
            <translation>第 %1 步：%2</translation>
        </message>
    </context>
    <context>
        <name>lamina::StepPanel</name>
        <message>
            <source>Row %1, %2: %3</source>
            <translation>第 %1 行，%2：%3</translation>
        </message>
        <message numerus="yes">
            <source>%n cell(s) could not be read and became missing. Choose one to go there:</source>
            <translation>
                <numerusform>%n 个单元格无法读取，已变为缺失。选择一个即可跳转：</numerusform>
            </translation>
        </message>
        <message>
            <source>Choose a step at the left, and its settings stand here. What you change is tried at once on the table, and can always be undone.</source>
            <translation>在左侧选择一个步骤，其设置就会显示在这里。您的更改会立即在表格上试用，并且随时可以撤销。</translation>
        </message>
        <message>
            <source>&amp;Note</source>
            <translation>备注(&amp;N)</translation>
        </message>
        <message>
            <source>Note on this step</source>
            <translation>此步骤的备注</translation>
        </message>
        <message>
            <source>Why this step is here</source>
            <translation>为什么有这个步骤</translation>
        </message>
        <message>
            <source>Cells that could not be read</source>
            <translation>无法读取的单元格</translation>
        </message>
        <message numerus="yes">
            <source>%n row(s) were not found in the other table; their new columns are missing. Choose one to go there:</source>
            <translation><numerusform>在另一张表中未找到 %n 行；其新列为缺失。选择一项即可跳转：</numerusform></translation>
        </message>
    </context>
    <context>
        <name>lamina::StepPicker</name>
        <message>
            <source>Cleaning steps</source>
            <translation>清洗步骤</translation>
        </message>
        <message>
            <source>Used often</source>
            <translation>常用</translation>
        </message>
        <message>
            <source>No step is called so. Try another word.</source>
            <translation>没有这样的步骤。请换个词试试。</translation>
        </message>
        <message>
            <source>Fitting steps</source>
            <translation>符合的步骤</translation>
        </message>
        <message>
            <source>What do you want to do?</source>
            <translation>您想做什么？</translation>
        </message>
        <message>
            <source>Add a step: what do you want to do?</source>
            <translation>添加步骤：您想做什么？</translation>
        </message>
        <message>
            <source>Type what you want to do, or choose from the list (Ctrl+K)</source>
            <translation>输入您想做的事，或从列表中选择 (Ctrl+K)</translation>
        </message>
        <message>
            <source>Blur boxes and strip EXIF and GPS …</source>
            <translation>遮挡方框内容，去除 EXIF 和 GPS …</translation>
        </message>
        <message>
            <source>No step: copies of the pictures are written into a folder, without the camera's notes and with what you choose made unrecognisable. The data here stays as it is.</source>
            <translation>这不是步骤：把图片的副本写入文件夹，去除相机信息，并使您选择的内容无法辨认。此处的数据保持不变。</translation>
        </message>
    </context>
    <context>
        <name>lamina::SuggestionList</name>
        <message>
            <source>%1 Add the step: %2</source>
            <translation>%1 添加步骤：%2</translation>
        </message>
        <message>
            <source>Add the step “%1”: %2</source>
            <translation>添加步骤“%1”：%2</translation>
        </message>
        <message>
            <source>Looking at all rows …</source>
            <translation>正在查看所有行…</translation>
        </message>
        <message>
            <source>Nothing stands out: no missing values, no repeated rows, no columns that say nothing.</source>
            <translation>没有明显的问题：没有缺失值，没有重复行，没有无用的列。</translation>
        </message>
        <message>
            <source>What could be cleaned here</source>
            <translation>可以清洗的内容</translation>
        </message>
    </context>
    <context>
        <name>lamina::TargetChoice</name>
        <message>
            <source>To be &amp;predicted</source>
            <translation>要预测的列(&amp;P)</translation>
        </message>
        <message>
            <source>Column to be predicted</source>
            <translation>要预测的列</translation>
        </message>
        <message>
            <source>The network learns to find this column from the others. It may be one that a step makes.</source>
            <translation>网络学习根据其他列得出这一列。它也可以是某个步骤产生的列。</translation>
        </message>
        <message>
            <source>none yet</source>
            <translation>尚未选择</translation>
        </message>
    </context>
    <context>
        <name>lamina::StepRowWords</name>
        <message>
            <source>(none)</source>
            <translation>（无）</translation>
        </message>
        <message>
            <source>%1 (not there)</source>
            <translation>%1（不存在）</translation>
        </message>
        <message>
            <source>There is no column “%1” at this place of the recipe. Choose another.</source>
            <translation>配方的这一步没有列“%1”。请选择另一列。</translation>
        </message>
        <message>
            <source>The table “%1” has no column “%2”. Choose another.</source>
            <translation>表“%1”没有列“%2”。请选择另一列。</translation>
        </message>
        <message>
            <source>The project has no other table. Bring one on the Data page.</source>
            <translation>项目中没有其他表。请在“数据”页导入一个。</translation>
        </message>
        <message>
            <source>The project has no table “%1”. Choose another.</source>
            <translation>项目中没有表“%1”。请选择另一个表。</translation>
        </message>
    </context>
    <context>
        <name>lamina::KeyRowWords</name>
        <message>
            <source>texts</source>
            <translation>文本</translation>
        </message>
        <message>
            <source>numbers</source>
            <translation>数字</translation>
        </message>
        <message>
            <source>dates</source>
            <translation>日期</translation>
        </message>
        <message>
            <source>pictures or arrays</source>
            <translation>图片或数组</translation>
        </message>
        <message>
            <source>Key column</source>
            <translation>键列</translation>
        </message>
        <message>
            <source>Key column %1</source>
            <translation>键列 %1</translation>
        </message>
        <message>
            <source>One more key column</source>
            <translation>再加一个键列</translation>
        </message>
        <message>
            <source>A column that both tables know a row by, such as the country. None: this key does not count.</source>
            <translation>两个表都用来识别一行的列，例如国家。选“无”则不使用这个键。</translation>
        </message>
        <message>
            <source>Where one column is not enough to know a row by, such as country and year: rows must agree in all of them.</source>
            <translation>当一列不足以识别一行时使用，例如国家和年份：各列都必须相同。</translation>
        </message>
        <message>
            <source>There is no column “%1” at this place of the recipe. Choose another.</source>
            <translation>配方的这一步没有列“%1”。请选择另一列。</translation>
        </message>
        <message>
            <source>Choose the column of “%1” that means the same as “%2”.</source>
            <translation>请选择“%1”中与“%2”含义相同的列。</translation>
        </message>
        <message>
            <source>The table “%1” has no column “%2”. Choose the one that means the same as “%3”.</source>
            <translation>表“%1”没有列“%2”。请选择与“%3”含义相同的列。</translation>
        </message>
        <message>
            <source>“%1” holds %2 here and %3 there: nothing would be found. Choose another, or change the type of one of them first.</source>
            <translation>“%1”在这里是%2，在对方是%3：什么也找不到。请选择另一列，或先更改其中一列的类型。</translation>
        </message>
        <message>
            <source>the same in %1</source>
            <translation>在 %1 中对应</translation>
        </message>
        <message>
            <source>The column of the other table in which the same values stand.</source>
            <translation>另一个表中含有相同值的列。</translation>
        </message>
    </context>
</TS>
