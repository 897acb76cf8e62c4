#include "app/pages/label/dispute_dialog.h"

#include <QBoxLayout>
#include <QDateTime>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QShortcut>

#include <algorithm>

#include "app/pages/label/label_bar.h"
#include "core/annotation/shape_document.h"
#include "widgets/canvas/canvas_view.h"
#include "widgets/common/theme.h"

namespace lamina {

namespace {

std::vector<CanvasShape> shapesOfOpinion(const LabelDesk& desk, const LabelOpinion& opinion) {
    std::vector<CanvasShape> shapes;
    for (const AnnotationRecord& label : opinion.labels) {
        const CanvasLabel look = labelOf(desk.classes, label.classNumber);
        auto shape = shapeFromDocument(label.document, look.name.toStdString());
        if (shape) shapes.push_back({QString::fromStdString(label.id), std::move(*shape), look.colour, look.name, false, true, false, look.skeleton});
    }
    return shapes;
}

}  // namespace

DisputeDialog::DisputeDialog(const LabelDesk& desk, const ShownItem& item, const std::vector<LabelOpinion>& opinions, QWidget* parent) : QDialog(parent) {
    setObjectName("label_dispute");
    setWindowTitle(tr("Opinions on “%1”").arg(QString::fromStdString(item.item.identity)));
    auto* columns = new QHBoxLayout;
    columns->setSpacing(12);
    for (std::size_t i = 0; i < opinions.size(); ++i) columns->addWidget(column(desk, item, opinions[i], static_cast<int>(i)), 1);
    auto* now = new QPushButton(tr("Keep what counts now (0)"));
    now->setObjectName("label_dispute_now");
    auto* anew = new QPushButton(tr("None of them: I say it anew"));
    anew->setObjectName("label_dispute_anew");
    anew->setToolTip(tr("Goes back to the item. Say there what is right, then press “It is settled”"));
    connect(now, &QPushButton::clicked, this, [this] { choose(-1); });
    connect(anew, &QPushButton::clicked, this, &QDialog::reject);
    connect(new QShortcut(QKeySequence("0"), this), &QShortcut::activated, this, [this] { choose(-1); });
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    buttons->addWidget(anew);
    buttons->addWidget(now);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addLayout(columns, 1);
    layout->addLayout(buttons);
    resize(std::min(360 * std::max<int>(static_cast<int>(opinions.size()), 2), 1280), 480);
}

QWidget* DisputeDialog::column(const LabelDesk& desk, const ShownItem& item, const LabelOpinion& opinion, int number) {
    auto* column = new QWidget;
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    auto* who = new QLabel(opinion.who.empty() ? tr("Nobody") : QString::fromStdString(opinion.who));
    who->setTextFormat(Qt::PlainText);
    who->setWordWrap(true);
    who->setProperty(ThemeRole::section, true);
    layout->addWidget(who);
    QStringList classes;
    for (const AnnotationRecord& label : opinion.labels)
        if (label.document.empty()) classes << labelOf(desk.classes, label.classNumber).name;
    QString text = classes.isEmpty() ? QString() : tr("Class: %1").arg(classes.join(", "));
    if (opinion.labels.empty()) text = tr("Nothing is there.");
    if (opinion.state == ItemState::Skipped) text = opinion.reason.empty() ? tr("Skipped.") : tr("Skipped: %1").arg(skipReasonWords(QString::fromStdString(opinion.reason)));
    if (opinion.time > 0) text += (text.isEmpty() ? QString() : "\n") + QLocale().toString(QDateTime::fromMSecsSinceEpoch(opinion.time), QLocale::ShortFormat);
    auto* said = new QLabel(text);
    said->setTextFormat(Qt::PlainText);
    said->setWordWrap(true);
    layout->addWidget(said);
    if (item.picture) {
        auto* canvas = new CanvasView;
        canvas->setObjectName(QString("label_dispute_canvas_%1").arg(number + 1));
        canvas->setAccessibleName(tr("The picture with the shapes of %1").arg(QString::fromStdString(opinion.who)));
        canvas->setMinimumSize(240, 180);
        canvas->setOwnKeys(false);
        canvas->setTool("select");
        canvas->setPicture(item.picture, item.picture->size());
        canvas->setShapes(shapesOfOpinion(desk, opinion));
        layout->addWidget(canvas, 1);
    } else {
        layout->addStretch(1);
    }
    auto* choice = new QPushButton(tr("This one (%1)").arg(number + 1));
    choice->setObjectName(QString("label_dispute_choose_%1").arg(number + 1));
    choice->setProperty(ThemeRole::primary, number == 0);
    connect(choice, &QPushButton::clicked, this, [this, number] { choose(number); });
    if (number < 9) connect(new QShortcut(QKeySequence(QString::number(number + 1)), this), &QShortcut::activated, choice, &QPushButton::click);
    layout->addWidget(choice);
    return column;
}

void DisputeDialog::choose(int opinion) {
    m_chosen = opinion;
    accept();
}

}  // namespace lamina
