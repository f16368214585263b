-- 示例〔2020〕1号 村阅览室开放和借用规定（示例）
-- as of 2020-06-01
-- reading stock_counts = printed

BEGIN
  IF '' IS NOT NULL
    OR TO_DATE('2020-03-01', 'YYYY-MM-DD') - TO_DATE('2020-02-28', 'YYYY-MM-DD') <> 2
  THEN
    RAISE_APPLICATION_ERROR(-20001, 'these views are for the mode of Oracle');
  END IF;
END;
/

-- room_class: 阅览室类别
-- 1.1/1 “藏书3000册以上的阅览室为甲类阅览室”
-- 1.1/1 “其他为乙类阅览室”
CREATE VIEW reading_rooms_room_class AS
WITH reading_rooms_1 AS (
  SELECT
    id,
    volumes
  FROM reading_rooms
), reading_rooms_2 AS (
  SELECT
    id,
    volumes,
    CASE WHEN volumes >= 3000 THEN 'first' WHEN volumes < 3000 THEN 'second' END AS room_class /* 阅览室类别 1.1/1 */
  FROM reading_rooms_1
)
SELECT
  id,
  room_class AS value,
  CASE
    WHEN room_class = 'first'
    THEN '1.1/1'
    WHEN room_class = 'second'
    THEN '1.1/1'
    ELSE '-'
  END AS cites,
  '-' AS conflict,
  CASE
    WHEN room_class IS NULL
    THEN REPLACE(
      SUBSTR('' || CASE WHEN volumes IS NULL THEN ' ' || '@.volumes' END, 2),
      '@',
      'reading_rooms/' || id
    )
    ELSE '-'
  END AS needs
FROM reading_rooms_2;

-- 1.2/1 “原则上不出借用于商业活动”: 阅览室原则上不出借用于商业活动
-- 1.2/2 “方可使用”: 借用阅览室须先经村委会同意
CREATE VIEW loans_of_rooms_verdicts AS
WITH loans_of_rooms_1 AS (
  SELECT
    id,
    purpose,
    agreed_on,
    held_on
  FROM loans_of_rooms
), loans_of_rooms_2 AS (
  SELECT
    id,
    purpose,
    agreed_on,
    held_on,
    CASE
      WHEN purpose = 'commercial'
      THEN 1
      WHEN NOT (
        purpose = 'commercial'
      )
      THEN 0
    END AS r_1_2_1, /* 1.2/1 */
    CASE
      WHEN agreed_on <= held_on AND agreed_on <= TO_DATE('2020-06-01', 'YYYY-MM-DD')
      THEN 1
      WHEN NOT (
        agreed_on <= held_on AND agreed_on <= TO_DATE('2020-06-01', 'YYYY-MM-DD')
      )
      THEN 0
    END AS village_agreement /* 1.2/2 村委会同意 */
  FROM loans_of_rooms_1
), loans_of_rooms_3 AS (
  SELECT
    id,
    purpose,
    r_1_2_1,
    agreed_on,
    held_on,
    village_agreement,
    CASE
      WHEN NOT (
        village_agreement = 1
      )
      AND held_on <= TO_DATE('2020-06-01', 'YYYY-MM-DD')
      THEN 1
      WHEN NOT (
        NOT (
          village_agreement = 1
        )
        AND held_on <= TO_DATE('2020-06-01', 'YYYY-MM-DD')
      )
      THEN 0
    END AS r_1_2_2, /* 1.2/2 */
    CASE WHEN r_1_2_1 = 1 THEN 1 WHEN NOT (
      r_1_2_1 = 1
    ) THEN 0 END AS in_principle,
    CASE
      WHEN NOT (
        village_agreement = 1
      )
      THEN 1
      WHEN village_agreement = 1
      THEN 0
    END AS waiting
  FROM loans_of_rooms_2
), loans_of_rooms_4 AS (
  SELECT
    id,
    purpose,
    r_1_2_1,
    agreed_on,
    held_on,
    village_agreement,
    r_1_2_2,
    in_principle,
    waiting,
    CASE WHEN r_1_2_2 = 1 THEN 1 WHEN NOT (
      r_1_2_2 = 1
    ) THEN 0 END AS prohibited,
    CASE
      WHEN CASE
        WHEN in_principle = 1 OR waiting = 1
        THEN 1
        WHEN NOT (
          in_principle = 1 OR waiting = 1
        )
        THEN 0
      END IS NULL
      THEN 1
      WHEN NOT (
        CASE
          WHEN in_principle = 1 OR waiting = 1
          THEN 1
          WHEN NOT (
            in_principle = 1 OR waiting = 1
          )
          THEN 0
        END IS NULL
      )
      THEN 0
    END AS open
  FROM loans_of_rooms_3
), loans_of_rooms_5 AS (
  SELECT
    id,
    purpose,
    r_1_2_1,
    agreed_on,
    held_on,
    village_agreement,
    r_1_2_2,
    prohibited,
    waiting,
    CASE
      WHEN prohibited = 1
      THEN 'prohibited'
      WHEN prohibited IS NULL
      THEN 'undetermined'
      WHEN in_principle = 1
      THEN 'exemption_needed'
      WHEN in_principle IS NULL
      THEN 'undetermined'
      WHEN waiting = 1
      THEN 'awaiting'
      WHEN waiting IS NULL
      THEN 'undetermined'
      ELSE 'permitted'
    END AS outcome,
    CASE
      WHEN (
        (
          prohibited IS NULL AND village_agreement IS NULL
        ) OR open = 1
      )
      THEN 1
      WHEN NOT (
        (
          prohibited IS NULL AND village_agreement IS NULL
        ) OR open = 1
      )
      THEN 0
    END AS open_2,
    CASE
      WHEN (
        (
          prohibited IS NULL AND village_agreement IS NULL
        ) OR open = 1
      )
      THEN 1
      WHEN NOT (
        (
          prohibited IS NULL AND village_agreement IS NULL
        ) OR open = 1
      )
      THEN 0
    END AS open_3
  FROM loans_of_rooms_4
), loans_of_rooms_6 AS (
  SELECT
    id,
    purpose,
    r_1_2_1,
    agreed_on,
    held_on,
    village_agreement,
    r_1_2_2,
    waiting,
    outcome,
    CASE
      WHEN (
        prohibited IS NULL OR open_2 = 1
      )
      THEN 1
      WHEN NOT (
        prohibited IS NULL OR open_2 = 1
      )
      THEN 0
    END AS open_4,
    CASE
      WHEN (
        open_2 = 1 OR open_3 = 1
      )
      THEN 1
      WHEN NOT (
        open_2 = 1 OR open_3 = 1
      )
      THEN 0
    END AS open_6
  FROM loans_of_rooms_5
)
SELECT
  id,
  outcome,
  CASE
    WHEN r_1_2_1 = 1 AND r_1_2_2 = 1
    THEN '1.2/1 1.2/2'
    WHEN r_1_2_1 = 1
    THEN '1.2/1'
    WHEN r_1_2_2 = 1
    THEN '1.2/2'
    ELSE '-'
  END AS reasons,
  CASE
    WHEN waiting = 1
    THEN SUBSTR(
      '' || CASE WHEN NOT (
        village_agreement = 1
      ) THEN ' ' || 'village_agreement' END,
      2
    )
    ELSE '-'
  END AS missing_steps,
  '-' AS exemptions,
  CASE
    WHEN outcome = 'undetermined'
    THEN REPLACE(
      SUBSTR(
        '' || CASE WHEN (
          open_6 = 1 AND agreed_on IS NULL
        ) THEN ' ' || '@.agreed_on' END || CASE WHEN (
          open_4 = 1 AND held_on IS NULL
        ) THEN ' ' || '@.held_on' END || CASE WHEN purpose IS NULL THEN ' ' || '@.purpose' END,
        2
      ),
      '@',
      'loans_of_rooms/' || id
    )
    ELSE '-'
  END AS needs
FROM loans_of_rooms_6;
