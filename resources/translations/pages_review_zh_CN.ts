<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>JudgedRows</name>
        <message>
            <source>Actual</source>
            <translation>实际</translation>
        </message>
        <message>
            <source>Predicted</source>
            <translation>预测</translation>
        </message>
        <message>
            <source>Probability</source>
            <translation>概率</translation>
        </message>
        <message>
            <source>Error</source>
            <translation>误差</translation>
        </message>
    </context>
    <context>
        <name>lamina::CellItems</name>
        <message>
            <source>Items</source>
            <translation>项目</translation>
        </message>
        <message>
            <source>Click a cell of the matrix to see the items behind it.</source>
            <translation>点击矩阵中的单元格，查看其背后的项目。</translation>
        </message>
        <message>
            <source>Looking up the items…</source>
            <translation>正在查找项目…</translation>
        </message>
        <message>
            <source>Items, the largest errors first</source>
            <translation>项目，误差最大的在前</translation>
        </message>
        <message numerus="yes">
            <source>%n item(s) of %1, rightly found</source>
            <translation>
                <numerusform>%n 个“%1”，判断正确</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n item(s) of %1, taken for %2</source>
            <translation>
                <numerusform>%n 个“%1”，被当作“%2”</numerusform>
            </translation>
        </message>
        <message>
            <source>Items behind the cell</source>
            <translation>单元格背后的项目</translation>
        </message>
    </context>
    <context>
        <name>lamina::ClassTable</name>
        <message>
            <source>Scores per class</source>
            <translation>各类别得分</translation>
        </message>
        <message>
            <source>Class</source>
            <translation>类别</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>精确率</translation>
        </message>
        <message>
            <source>Recall</source>
            <translation>召回率</translation>
        </message>
        <message>
            <source>F1</source>
            <translation>F1</translation>
        </message>
        <message>
            <source>Items</source>
            <translation>项目</translation>
        </message>
        <message>
            <source>Specificity</source>
            <translation>特异度</translation>
        </message>
        <message>
            <source>ROC area</source>
            <translation>ROC 面积</translation>
        </message>
    </context>
    <context>
        <name>lamina::EvaluationView</name>
        <message>
            <source>Final check</source>
            <translation>最终检验</translation>
        </message>
        <message>
            <source>The test part was kept aside so that one honest number remains: how the model does on items that nobody has looked at. Each look makes the number a little less honest, so looks are counted and dated.

Open the test part now?</source>
            <translation>测试部分一直被留在一旁，以便保留一个诚实的数字：模型在无人看过的项目上表现如何。每看一次，这个数字就少一分诚实，因此每次查看都会计数并注明日期。

现在打开测试部分吗？</translation>
        </message>
        <message>
            <source>Do the final check</source>
            <translation>进行最终检验</translation>
        </message>
        <message>
            <source>Not yet</source>
            <translation>暂不</translation>
        </message>
        <message>
            <source>Evaluating the model</source>
            <translation>正在评估模型</translation>
        </message>
        <message>
            <source>Final check no. %1, %2</source>
            <translation>第 %1 次最终检验，%2</translation>
        </message>
        <message>
            <source>Evaluated %1</source>
            <translation>评估于 %1</translation>
        </message>
        <message>
            <source>Look at</source>
            <translation>查看</translation>
        </message>
        <message>
            <source>Validation part</source>
            <translation>验证部分</translation>
        </message>
        <message>
            <source>Test part (final check)</source>
            <translation>测试部分（最终检验）</translation>
        </message>
        <message>
            <source>Training part</source>
            <translation>训练部分</translation>
        </message>
        <message>
            <source>Part of the data</source>
            <translation>数据的部分</translation>
        </message>
        <message>
            <source>Evaluate</source>
            <translation>评估</translation>
        </message>
        <message>
            <source>Not evaluated yet</source>
            <translation>尚未评估</translation>
        </message>
        <message>
            <source>Evaluate the chosen run to see where it errs: scores beside simple baselines, the confusion matrix and the items behind every cell.</source>
            <translation>评估所选运行，看看它在哪里出错：与简单基线并列的得分、混淆矩阵，以及每个单元格背后的项目。</translation>
        </message>
        <message>
            <source>This project is open for reading only, so no evaluation can be kept.</source>
            <translation>此项目以只读方式打开，无法保存评估结果。</translation>
        </message>
        <message>
            <source>This run has no model yet: it ended before its first epoch.</source>
            <translation>此运行还没有模型：它在第一轮结束前就停止了。</translation>
        </message>
        <message>
            <source>Confusion matrix</source>
            <translation>混淆矩阵</translation>
        </message>
        <message>
            <source>Curves</source>
            <translation>曲线</translation>
        </message>
        <message>
            <source>More numbers</source>
            <translation>更多指标</translation>
        </message>
        <message>
            <source>Confusion matrix, curves and more numbers</source>
            <translation>混淆矩阵、曲线和更多指标</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>输出</translation>
        </message>
        <message>
            <source>Output of the network</source>
            <translation>网络的输出</translation>
        </message>
        <message>
            <source>Which of the network's answers the numbers below are about.</source>
            <translation>下面的数字针对网络的哪一个输出。</translation>
        </message>
        <message>
            <source>This would be look no. %1 at this test part. The first was on %2.

Who has seen the first result and changed something since, has also fitted the model to these items: the new number comes out better than the model will do on new ones. Decide with the validation part. For another honest number bring items that nobody has looked at.

Open the test part again?</source>
            <translation>这将是第 %1 次查看这个测试部分，第一次是在 %2。

看过第一次的结果之后再做改动，模型就已经在迁就这些样本：新的数字会比模型在新样本上的表现更好看。请依据验证部分做决定。若要再得到一个可信的数字，请带来没有人看过的样本。

再次打开测试部分吗？</translation>
        </message>
        <message>
            <source>Final check no. %1</source>
            <translation>第 %1 次最终检验</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>再看一次</translation>
        </message>
    </context>
    <context>
        <name>lamina::MatrixCard</name>
        <message>
            <source>Export the matrix</source>
            <translation>导出矩阵</translation>
        </message>
        <message>
            <source>confusion matrix.csv</source>
            <translation>混淆矩阵.csv</translation>
        </message>
        <message>
            <source>CSV tables (*.csv)</source>
            <translation>CSV 表格 (*.csv)</translation>
        </message>
        <message>
            <source>Confusion matrix</source>
            <translation>混淆矩阵</translation>
        </message>
        <message>
            <source>Confusion matrix: rows are the actual classes, columns the predicted ones</source>
            <translation>混淆矩阵：行为实际类别，列为预测类别</translation>
        </message>
        <message>
            <source>Counts</source>
            <translation>数量</translation>
        </message>
        <message>
            <source>% of actual</source>
            <translation>占实际的 %</translation>
        </message>
        <message>
            <source>% of predicted</source>
            <translation>占预测的 %</translation>
        </message>
        <message>
            <source>What stands in the cells</source>
            <translation>单元格中显示的内容</translation>
        </message>
        <message>
            <source>Export the matrix as CSV</source>
            <translation>将矩阵导出为 CSV</translation>
        </message>
    </context>
    <context>
        <name>lamina::RateCard</name>
        <message>
            <source>False alarms</source>
            <translation>误报比例</translation>
        </message>
        <message>
            <source>From strict to lax</source>
            <translation>从严格到宽松</translation>
        </message>
        <message>
            <source>ROC curve</source>
            <translation>ROC 曲线</translation>
        </message>
        <message>
            <source>Precision and recall</source>
            <translation>精确率与召回率</translation>
        </message>
        <message>
            <source>Which curve</source>
            <translation>选择曲线</translation>
        </message>
        <message>
            <source>Curves of the classes</source>
            <translation>各类别的曲线</translation>
        </message>
        <message>
            <source>Recall</source>
            <translation>召回率</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>精确率</translation>
        </message>
        <message>
            <source>Each class against all others: how much of it is found (recall) beside how many others are taken for it. The closer to the upper left corner, the better; the dashed line is guessing. The number is the area below the curve.</source>
            <translation>每个类别与其他所有类别相比：该类被找出的比例（召回率）与其他样本被误认为该类的比例。越靠近左上角越好；虚线为随机猜测。数字为曲线下面积。</translation>
        </message>
        <message>
            <source>Each class against all others: how much of it is found (recall) beside how much of what is found is right (precision). The closer to the upper right corner, the better. The number is the average precision.</source>
            <translation>每个类别与其他所有类别相比：该类被找出的比例（召回率）与找出者中正确的比例（精确率）。越靠近右上角越好。数字为平均精确率。</translation>
        </message>
    </context>
    <context>
        <name>lamina::ReviewPage</name>
        <message>
            <source>Note</source>
            <translation>备注</translation>
        </message>
        <message>
            <source>Note on %1:</source>
            <translation>“%1”的备注：</translation>
        </message>
        <message>
            <source>No training to look at yet</source>
            <translation>还没有可查看的训练</translation>
        </message>
        <message>
            <source>Here the curves of several trainings lie over each other, and a confusion matrix shows which classes are mistaken for which. Train a network first.</source>
            <translation>这里会将多次训练的曲线叠放在一起，并用混淆矩阵显示哪些类别被误认为哪些。请先训练网络。</translation>
        </message>
        <message>
            <source>Go to Train</source>
            <translation>前往“训练”</translation>
        </message>
        <message>
            <source>Curves</source>
            <translation>曲线</translation>
        </message>
        <message>
            <source>Evaluation</source>
            <translation>评估</translation>
        </message>
        <message>
            <source>Curves and evaluation</source>
            <translation>曲线与评估</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>审阅</translation>
        </message>
        <message>
            <source>Delete runs</source>
            <translation>删除运行</translation>
        </message>
        <message numerus="yes">
            <source>Delete %n run(s)?</source>
            <translation>
                <numerusform>删除 %n 个运行？</numerusform>
            </translation>
        </message>
        <message>
            <source>&amp;Delete</source>
            <translation>删除(&amp;D)</translation>
        </message>
        <message>
            <source>&amp;Keep</source>
            <translation>保留(&amp;K)</translation>
        </message>
        <message>
            <source>No deleted run takes up any space.</source>
            <translation>没有已删除的运行占用空间。</translation>
        </message>
        <message>
            <source>Free space</source>
            <translation>释放空间</translation>
        </message>
        <message numerus="yes">
            <source>Free about %1 that %n deleted run(s) take up?</source>
            <translation>
                <numerusform>释放 %n 个已删除运行占用的约 %1？</numerusform>
            </translation>
        </message>
        <message>
            <source>&amp;Free the space</source>
            <translation>释放空间(&amp;F)</translation>
        </message>
        <message>
            <source>Freeing the space of deleted runs</source>
            <translation>正在释放已删除运行占用的空间</translation>
        </message>
        <message>
            <source>Curves, models and evaluations are then no longer shown. Undo brings them back, as long as the space of deleted runs has not been freed.</source>
            <translation>曲线、模型和评估结果将不再显示。只要还没有释放已删除运行占用的空间，就可以用“撤销”恢复。</translation>
        </message>
        <message>
            <source>Models and curves are removed from the disk and can then no longer be brought back, not even with Undo.</source>
            <translation>模型和曲线将从磁盘移除，之后即使用“撤销”也无法恢复。</translation>
        </message>
    </context>
    <context>
        <name>lamina::RunList</name>
        <message>
            <source>Find a run</source>
            <translation>查找运行</translation>
        </message>
        <message>
            <source>Runs</source>
            <translation>运行</translation>
        </message>
        <message>
            <source>This project is open for reading only.</source>
            <translation>此项目以只读方式打开。</translation>
        </message>
        <message>
            <source>Rename, note, delete; which columns and curves are shown</source>
            <translation>重命名、备注、删除；显示哪些列和曲线</translation>
        </message>
        <message>
            <source>More about runs</source>
            <translation>更多运行操作</translation>
        </message>
        <message>
            <source>&amp;Rename</source>
            <translation>重命名(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Note…</source>
            <translation>备注(&amp;N)…</translation>
        </message>
        <message>
            <source>&amp;Delete…</source>
            <translation>删除(&amp;D)…</translation>
        </message>
        <message>
            <source>Show &amp;only the curves of the selected</source>
            <translation>只显示所选运行的曲线(&amp;O)</translation>
        </message>
        <message>
            <source>Show &amp;all curves</source>
            <translation>显示全部曲线(&amp;A)</translation>
        </message>
        <message>
            <source>&amp;Hide all curves</source>
            <translation>隐藏全部曲线(&amp;H)</translation>
        </message>
        <message>
            <source>&amp;Free the space of deleted runs…</source>
            <translation>释放已删除运行占用的空间(&amp;F)…</translation>
        </message>
        <message>
            <source>&amp;Columns</source>
            <translation>列(&amp;C)</translation>
        </message>
        <message>
            <source>Best value</source>
            <translation>最好数值</translation>
        </message>
        <message>
            <source>Tick the runs whose curves you want to see. F2 or a double click renames, Delete deletes.</source>
            <translation>勾选要查看曲线的运行。F2 或双击重命名，Delete 删除。</translation>
        </message>
    </context>
    <context>
        <name>lamina::RunListModel</name>
        <message>
            <source>%1 %2 (epoch %3)</source>
            <translation>%1 %2（第 %3 轮）</translation>
        </message>
        <message>
            <source>Run</source>
            <translation>运行</translation>
        </message>
        <message>
            <source>Status</source>
            <translation>状态</translation>
        </message>
        <message>
            <source>Started</source>
            <translation>开始时间</translation>
        </message>
        <message>
            <source>The best value on the validation part. Click to have the best runs first.</source>
            <translation>验证部分上的最好数值。点击后最好的运行排在最前。</translation>
        </message>
        <message>
            <source>Best</source>
            <translation>最好</translation>
        </message>
        <message>
            <source>Epoch</source>
            <translation>轮</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>备注</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>损失</translation>
        </message>
    </context>
    <context>
        <name>lamina::ScoreLabel</name>
        <message>
            <source>Newest known value</source>
            <translation>最近的已知值</translation>
        </message>
        <message>
            <source>Most frequent class</source>
            <translation>最常见类别</translation>
        </message>
        <message>
            <source>Mean</source>
            <translation>平均值</translation>
        </message>
        <message>
            <source>Linear model</source>
            <translation>线性模型</translation>
        </message>
        <message>
            <source>This model</source>
            <translation>此模型</translation>
        </message>
        <message numerus="yes">
            <source>%n item(s)</source>
            <translation>
                <numerusform>%n 个项目</numerusform>
            </translation>
        </message>
        <message>
            <source>Better here: %1. Train longer or change the network; until then the simpler way is the better choice.</source>
            <translation>这里表现更好的是：%1。请训练更久或修改网络；在此之前，更简单的方法是更好的选择。</translation>
        </message>
    </context>
</TS>
