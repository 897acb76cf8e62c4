// How the items are divided, and how the classes are spread over the parts: the Data page's view for it.
#pragma once

#include <QScrollArea>

#include <cstdint>
#include <memory>
#include <vector>

#include "app/jobs/split_jobs.h"
#include "app/pages/data/opened_dataset.h"

class QCheckBox;
class QComboBox;
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
    void setLeaks(const std::optional<SplitLeaks>& leaks);

    /// What is set in the form.
    SplitSettings settings() const;

signals:
    void drawWanted(const SplitSettings& settings);
    /// What belongs together is to come into one part.
    void mendWanted();
    /// These rows are to be shown: of each pair one after the other.
    void rowsWanted(const std::vector<std::uint32_t>& rows, const QString& words);

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeForm();
    QLayout* makeFields();
    QWidget* makeClasses();
    QLayout* makeMethod();
    QString method() const;
    void fillMethods();
    void fillColumns();
    void fillForm();
    /// Does the data say which items are the test part?
    bool testIsGiven() const;
    int trainingShare() const;  ///< in percent
    void retranslate();
    void update();
    void updateLeak();
    void showPairs();
    void showClasses();
    QString rareClassWords() const;

    std::shared_ptr<const OpenedDataset> m_opened;
    std::optional<SplitLeaks> m_leaks;
    bool m_readOnly = false, m_busy = false;
    QLabel *m_title, *m_explain, *m_trainingLabel, *m_training, *m_validationLabel, *m_testLabel, *m_seedLabel, *m_leak, *m_classesTitle,
        *m_classesNote;
    QSpinBox *m_validation, *m_test, *m_seed, *m_folds, *m_fold;
    QComboBox *m_method, *m_column;
    QLabel *m_methodLabel, *m_columnLabel, *m_foldsLabel, *m_foldLabel, *m_methodNote;
    QCheckBox *m_stratify, *m_subset;
    QPushButton *m_draw, *m_mend, *m_pairs;
    BarsView* m_classes;
};

}  // namespace lamina
