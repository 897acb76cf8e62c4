#include "app/pages/model/problem_list.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "app/workspace/workspace.h"
#include "widgets/common/icon.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr int tallest = 128;

}  // namespace

ProblemList::ProblemList(QWidget* parent) : QScrollArea(parent), m_rows(new QVBoxLayout) {
    setObjectName(QStringLiteral("problemList"));
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto* page = new QWidget;
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(4);
    page->setLayout(m_rows);
    setWidget(page);
    hide();
}

QSize ProblemList::sizeHint() const { return {400, std::min(tallest, widget()->sizeHint().height() + 4)}; }

void ProblemList::setProblems(const std::vector<ModelProblem>& problems, bool readOnly) {
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();  // one of its buttons may be what led here
        delete item;
    }
    setAccessibleName(tr("Problems of the network"));
    for (std::size_t i = 0; i < problems.size(); ++i) m_rows->addWidget(makeRow(problems[i], i, readOnly));
    setVisible(!problems.empty());
    updateGeometry();
}

QWidget* ProblemList::makeRow(const ModelProblem& problem, std::size_t index, bool readOnly) {
    auto* row = new QWidget;
    row->setObjectName(QStringLiteral("problem_%1").arg(index));
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    auto* picture = new QLabel;
    picture->setPixmap(themeIcon(problem.hinders ? QStringLiteral("error") : QStringLiteral("info")).pixmap(16, 16));
    auto* text = new QLabel(Workspace::words(problem.what));
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    if (problem.hinders) text->setProperty(ThemeRole::tone, QStringLiteral("bad"));
    line->addWidget(picture);
    line->addWidget(text, 1);
    for (std::size_t i = 0; !readOnly && i < problem.fixes.size(); ++i) {
        auto* button = new QPushButton(Workspace::words(problem.fixes[i].label));
        button->setObjectName(QStringLiteral("fix_%1_%2").arg(index).arg(i));
        button->setAccessibleDescription(text->text());
        connect(button, &QPushButton::clicked, this, [this, index, i] { emit fixWanted(index, i); });
        line->addWidget(button);
    }
    if (problem.node.empty()) return row;
    auto* go = new QPushButton(tr("Show"));
    go->setObjectName(QStringLiteral("go_%1").arg(index));
    go->setProperty(ThemeRole::flat, true);
    go->setToolTip(tr("Go to the layer on the canvas."));
    go->setAccessibleDescription(text->text());
    connect(go, &QPushButton::clicked, this, [this, node = problem.node] { emit goWanted(node); });
    line->addWidget(go);
    return row;
}

}  // namespace lamina
