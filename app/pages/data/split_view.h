// How the items are divided, and how the classes are spread over the parts: the Data page's view for it.
#pragma once

#include <QScrollArea>

#include <memory>

#include "app/pages/data/opened_dataset.h"
#include "app/pages/data/repeated_rows.h"

class QCheckBox;
class QFrame;
class QLabel;
class QPushButton;
class QSpinBox;

namespace lamina {

class BarsView;

class SplitView : public QScrollArea {
    Q_OBJECT
public:
    explicit SplitView(QWidget* parent = nullptr);

    void setDataset(std::shared_ptr<const OpenedDataset> opened);
    void setReadOnly(bool readOnly);
    /// A split is being drawn.
    void setBusy(bool busy);
    /// nullopt: not known yet.
    void setRepeated(std::optional<RepeatedRows> repeated);

    /// What is set in the form.
    SplitSettings settings() const;

signals:
    void drawWanted(const SplitSettings& settings);

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeForm();
    QLayout* makeFields();
    QWidget* makeClasses();
    void fillForm();
    int trainingShare() const;  ///< in percent
    void retranslate();
    void update();
    void updateLeak();
    void showClasses();

    std::shared_ptr<const OpenedDataset> m_opened;
    std::optional<RepeatedRows> m_repeated;
    bool m_readOnly = false, m_busy = false;
    QLabel *m_title, *m_explain, *m_trainingLabel, *m_training, *m_validationLabel, *m_testLabel, *m_seedLabel, *m_leak, *m_classesTitle,
        *m_classesNote;
    QSpinBox *m_validation, *m_test, *m_seed;
    QCheckBox *m_stratify, *m_subset;
    QPushButton* m_draw;
    BarsView* m_classes;
};

}  // namespace lamina
