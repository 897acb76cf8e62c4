// A list of choices that may be narrower than its entries: the chosen one is shortened in the middle, the open list is as wide as it needs.
#pragma once

#include <QComboBox>

namespace lamina {

class ChoiceBox : public QComboBox {
    Q_OBJECT
public:
    explicit ChoiceBox(QWidget* parent = nullptr);

    /// Instead of what is there.
    void setTitles(const QStringList& titles);
    /// The chosen title as it is painted.
    QString shownText() const;
    void showPopup() override;

protected:
    void initStyleOption(QStyleOptionComboBox* option) const override;
    bool event(QEvent* event) override;
};

}  // namespace lamina
