#include "app/pages/review/rate_card.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QEvent>
#include <QLabel>
#include <QLocale>

#include <cmath>

#include "widgets/charts/rate_curves_view.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

std::vector<double> shares(const nlohmann::json& curve, const char* name) { return curve.value(name, std::vector<double>()); }

/// "0.943": the class's area under the curve.
QString areaOf(const nlohmann::json& document, const std::string& name, const char* metric) {
    for (const auto& scores : document.value("classes", nlohmann::json::array()))
        if (scores.value("name", std::string()) == name && scores.contains(metric) && scores[metric].is_number())
            return QLocale().toString(scores[metric].get<double>(), 'f', 3);
    return {};
}

RateCurve curveOf(const nlohmann::json& document, const nlohmann::json& json, bool roc) {
    RateCurve curve;
    const auto name = json.value("class", std::string());
    curve.name = QString::fromStdString(name);
    curve.value = areaOf(document, name, roc ? "roc_auc" : "pr_auc");
    const auto across = shares(json, roc ? "false_alarms" : "recall"), up = shares(json, roc ? "recall" : "precision");
    if (roc) curve.points.emplace_back(0, 0);
    for (std::size_t i = 0; i < std::min(across.size(), up.size()); ++i) {
        if (!roc && i == 0) curve.points.emplace_back(0, up[i]);
        curve.points.emplace_back(across[i], up[i]);
    }
    return curve;
}

}  // namespace

RateCard::RateCard(QWidget* parent) : QFrame(parent), m_kind(new QComboBox), m_title(new QLabel), m_explanation(new QLabel), m_view(new RateCurvesView) {
    setProperty(ThemeRole::card, true);
    setObjectName("evaluation_rate_card");
    m_title->setProperty(ThemeRole::section, true);
    m_explanation->setProperty(ThemeRole::muted, true);
    m_explanation->setWordWrap(true);
    m_kind->setObjectName("evaluation_rate_kind");
    m_kind->addItems({QString(), QString()});
    m_view->setObjectName("evaluation_rates");
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_title, 1);
    head->addWidget(m_kind);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 12);
    layout->setSpacing(8);
    layout->addLayout(head);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_explanation);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &RateCard::draw);
    retranslate();
}

bool RateCard::hasCurves(const nlohmann::json& document) { return document.contains("curves") && !document["curves"].empty(); }

void RateCard::setDocument(const nlohmann::json& document) {
    m_document = document;
    draw();
}

void RateCard::draw() {
    const bool roc = m_kind->currentIndex() == 0;
    std::vector<RateCurve> curves;
    if (m_document.is_object())
        for (const auto& json : m_document.value("curves", nlohmann::json::array())) curves.push_back(curveOf(m_document, json, roc));
    const QString found = tr("Recall");
    m_view->setCurves(std::move(curves), roc ? tr("False alarms") : found, roc ? found : tr("Precision"), roc);
    m_explanation->setText(roc ? tr("Each class against all others: how much of it is found (recall) beside how many others are taken for it. The closer to the upper "
                                    "left corner, the better; the dashed line is guessing. The number is the area below the curve.")
                               : tr("Each class against all others: how much of it is found (recall) beside how much of what is found is right (precision). "
                                    "The closer to the upper right corner, the better. The number is the average precision."));
}

void RateCard::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void RateCard::retranslate() {
    m_title->setText(tr("From strict to lax"));
    m_kind->setItemText(0, tr("ROC curve"));
    m_kind->setItemText(1, tr("Precision and recall"));
    m_kind->setAccessibleName(tr("Which curve"));
    m_view->setAccessibleName(tr("Curves of the classes"));
    draw();
}

}  // namespace lamina
