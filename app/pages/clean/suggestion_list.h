// "What could be cleaned here": what was found in the table, each with the step that mends it.
#pragma once

#include <QWidget>

#include <vector>

#include "app/pages/clean/step_offers.h"

class QLabel;
class QScrollArea;
class QVBoxLayout;

namespace lamina {

class SuggestionList : public QWidget {
    Q_OBJECT
public:
    explicit SuggestionList(QWidget* parent = nullptr);

    void setSuggestions(std::vector<StepOffer> suggestions);
    /// The table is still being looked at.
    void setLooking();
    void setReadOnly(bool readOnly);
    std::size_t count() const { return m_suggestions.size(); }

signals:
    void chosen(const lamina::StepOffer& suggestion);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void rebuild();

    std::vector<StepOffer> m_suggestions;
    bool m_looking = false, m_readOnly = false;
    QLabel *m_title, *m_note;
    QScrollArea* m_scroll;
    QWidget* m_rows = nullptr;
};

}  // namespace lamina
