/**
 * The Phụ lục of 2025 as a person reads it, row by row, written down from the document and not from what the code
 * gives: row | code of the deliverable | product | deadline type | due | x = completed | evidence in listed order.
 */
export const expected2025 = `
3|I-1.1|Kế hoạch của UBND|event||x|19/KH-UBND 2025-01-20
4|I-1.2|Báo cáo kết quả theo quy định|recurring|||
5|I-2.1|Quyết định của Chủ tịch UBND tỉnh|month|2025-01-31|x|78/QĐ-UBND 2025-01-11
6|I-2.2|Báo cáo kết quả theo quy định|recurring||x|364/BC-UBND 2025-07-01
7|I-3.1|Quyết định của UBND tỉnh|month|2025-08-31||
8|I-3.2|Văn bản chấn chỉnh của Chủ tịch UBND tỉnh|month|2025-11-30||
9|I-4.1|Quyết định của Chủ tịch UBND tỉnh|month|2025-01-31|x|107/QĐ-UBND 2025-01-15
10|I-4.2|Báo cáo (lồng ghép với Báo cáo CCHC năm 2025)|recurring||x|121/BC-UBND 2025-03-19, 315/BC-UBND 2025-06-18
11|I-5.1|Báo cáo định kỳ theo quy định|month|2025-12-31||
12|I-6.1|Báo cáo của UBND tỉnh|event||x|226/BC-UBND 2025-05-09
13|I-7.1|Báo cáo của UBND tỉnh|event||x|227/BC-UBND 2025-05-09
14|I-8.1|Báo cáo của UBND tỉnh|event||x|261/BC-UBND 2025-05-26
15|I-9.1|Báo cáo của UBND tỉnh|event||x|214/BC-UBND 2025-04-30
16|I-10.1|Quyết định quy định về tiêu chí của Chủ tịch UBND tỉnh|month|2025-08-31||
17|I-11.1|Quyết định của Chủ tịch UBND tỉnh|month|2025-09-30||
18|I-12.1|Kế hoạch của Chủ tịch UBND tỉnh|month|2025-08-31||
19|I-12.2|Công văn hướng dẫn điều tra|quarter|2025-12-31||
20|I-13.1|Kế hoạch của UBND tỉnh|recurring||x|41/KH-UBND 2025-02-13
21|I-13.2|Văn bản chỉ đạo của Chủ tịch UBND tỉnh về việc xử lý, giải quyết những kiến nghị đề xuất|none|||
22|I-13.3|Báo cáo kết quả đối thoại, tổng hợp các kiến nghị, đề xuất|none|||
23|I-14.1|Quyết định của UBND tỉnh|month|2025-12-31||
25|II-1.1|Kế hoạch của UBND tỉnh|month|2025-01-31|x|06/KH-UBND 2025-01-09
26|II-1.2|Báo cáo kết quả thực hiện theo quy định|month|2025-11-30||
27|II-2.1|Quyết định của Chủ tịch UBND tỉnh|month|2025-01-31|x|119/QĐ-UBND 2025-01-15
28|II-3.1|Cập nhật văn bản vào cơ sở dữ liệu quốc gia về pháp luật|event|||
29|II-4.1|Kế hoạch của UBND tỉnh|month|2025-01-31|x|05/KH-UBND 2025-01-09
30|II-4.2|Báo cáo kết quả thực hiện|month|2025-12-31||
31|II-5.1|Kế hoạch của UBND tỉnh|month|2025-01-31|x|71/KH-UBND 2025-03-14
32|II-5.2|Báo cáo kết quả theo dõi thi hành pháp luật của tỉnh|quarter|2025-12-31||
33|II-6.1|Kế hoạch của UBND tỉnh|month|2025-01-31|x|10/KH-UBND 2025-01-09
34|II-6.2|Báo cáo kết quả thực hiện|recurring|||
36|III-1.1|Công văn|continuous|||
37|III-1.2|kế hoạch|continuous|||
38|III-2.1|Kế hoạch của UBND tỉnh|date|2025-07-30|x|277/QĐ-UBND 2025-02-12
39|III-2.2|Báo cáo kết quả thực hiện theo quy định|recurring|||
40|III-3.1|Báo cáo kết quả thực hiện theo giai đoạn tại Kế hoạch|rule||x|212/BC-UBND 2025-05-06
41|III-4.1|Kế hoạch của UBND tỉnh|quarter|2025-09-30||
42|III-4.2|Báo cáo kết quả thực hiện theo quy định|recurring|||
43|III-5.1|Dự thảo Quyết định của Chủ tịch UBND tỉnh|event|||
44|III-6.1|Quyết định công bố TTHC của Chủ tịch UBND tỉnh|rule|||
45|III-7.1|Báo cáo kết quả định kỳ theo quy định|rule|||
46|III-8.1|Báo cáo kết quả định kỳ tháng/năm|recurring||x|66/VPUB-KSTTHC 2025-01-08, 237/VPUB-KSTTHC 2025-02-04, 240/VPUB-KSTTHC 2025-02-04, 1441/VPUB-KSTTHC 2025-07-03
47|III-9.1|Kế hoạch|date|2025-07-30||
48|III-9.2|Báo cáo kết quả (lồng ghép trong Báo cáo kết quả Kiểm soát TTHC; báo cáo CCHC) theo quy định|recurring|||
49|III-10.1|Báo cáo của UBND tỉnh|recurring||x|136/BC-UBND 2025-03-23, 356/BC-UBND 2025-06-28
50|III-11.1|Báo cáo kết quả|year|2025-12-31||
52|IV-1.1|Nghị quyết|event||x|461/NQ-HĐND 2025-02-20
53|IV-2.1|Dự thảo Nghị quyết sửa đổi, bổ sung Nghị quyết số 55/2023/NQ-HĐND|month|2025-08-31||
54|IV-3.1|Kế hoạch của UBND tỉnh|quarter|2025-12-31||
55|IV-4.1|Quyết định của Chủ tịch UBND tỉnh|month|2025-01-31|x|476/QĐ-UBND 2025-02-28
56|IV-5.1|Quyết định của Chủ tịch UBND tỉnh|month|2025-01-31|x|2819/QĐ-UBND 2024-12-27, 473/QĐ-UBND 2025-02-28, 965/QĐ-UBND 2025-04-26
57|IV-6.1|Dự thảo Nghị quyết của HĐND tỉnh|month|2025-12-31||
58|IV-7.1|Dự thảo Nghị quyết của HĐND tỉnh|month|2025-12-31||
59|IV-8.1|Quyết định của UBND tỉnh|month|2025-12-31||
60|IV-9.1|Quyết định của UBND tỉnh|month|2025-12-31||
61|IV-10.1|Quyết định của UBND tỉnh|recurring|||
62|IV-11.1|Kế hoạch thực hiện|year|2025-12-31|x|45/KH-SYT 2025-02-06
63|IV-11.2|Phiếu khảo sát, đánh giá mức độ hài lòng|year|2025-12-31|x|
64|IV-11.3|Báo cáo kết quả thực hiện|year|2025-12-31|x|307/BC-SYT 2025-06-11
65|IV-12.1|Kế hoạch thực hiện|year|2025-12-31|x|77/KH-SGDĐT 2025-04-16, 948/SGDĐT-VP 2025-04-25
66|IV-12.2|Phiếu khảo sát, đánh giá mức độ hài lòng|year|2025-12-31|x|
67|IV-12.3|Báo cáo kết quả thực hiện|year|2025-12-31|x|
69|V-1.1|Quyết định|continuous|||
70|V-1.2|Báo cáo kết quả theo quy định|continuous|||
71|V-2.1|Quyết định của UBND tỉnh|month|2025-01-31|x|13/QĐ-UBND 2025-01-02
72|V-3.1|Kế hoạch của Sở Nội vụ|quarter|2025-03-31|x|309/KH-SNV 2025-02-27
73|V-3.2|Báo cáo kết quả theo quy định|quarter|2025-09-30||
74|V-5.1|Lồng ghép với Kế hoạch kiểm tra CCHC của UBND tỉnh|continuous|||
76|VI-1.1|Quyết định của Chủ tịch UBND tỉnh|quarter|2025-03-31|x|208/QĐ-UBND 2025-01-24
77|VI-1.2|Báo cáo của UBND tỉnh|rule||x|359/BC-UBND 2025-06-29
78|VI-2.1|Quyết định của Chủ tịch UBND tỉnh|month|2025-12-31||
79|VI-3.1|Quyết định của Chủ tịch UBND tỉnh|month|2025-12-31||
80|VI-4.1|Quyết định của Chủ tịch UBND tỉnh|quarter|2025-12-31|x|1400/QĐ-UBND 2025-06-13, 1020/QĐ-UBND 2025-05-01, 1497/QĐ-UBND 2025-06-24, 1516/QĐ-UBND 2025-06-25
81|VI-5.1|Quyết định của Chủ tịch UBND tỉnh|month|2025-12-31||
82|VI-6.1|Quyết định của Chủ tịch UBND tỉnh|month|2025-12-31||
83|VI-7.1|Kế hoạch của UBND tỉnh|year|2025-12-31|x|168/KH-UBND 2024-06-25
85|VII-1.1|Báo cáo kết quả định kỳ hằng tháng, quý|year|2025-12-31||
86|VII-2.1|Quyết định|quarter|2025-12-31||
87|VII-2.2|Báo cáo kết quả|quarter|2025-12-31||
88|VII-3.1|Báo cáo kết quả kiểm soát TTHC quý/6 tháng/năm theo quy định|year|2025-12-31||
89|VII-4.1|Báo cáo kết quả thực hiện lồng ghép trong báo cáo chuyển đổi số định kỳ theo quy định|continuous|||
90|VII-5.1|Báo cáo kết quả thực hiện lồng ghép trong báo cáo chuyển đổi số định kỳ theo quy định|year|2025-12-31||
91|VII-6.1|Báo cáo kết quả thực hiện lồng ghép trong báo cáo chuyển đổi số định kỳ theo quy định|year|2025-12-31||
92|VII-7.1|Báo cáo kết quả thực hiện lồng ghép trong báo cáo chuyển đổi số định kỳ theo quy định|year|2025-12-31||
93|VII-8.1|Báo cáo kết quả thực hiện lồng ghép trong báo cáo chuyển đổi số định kỳ theo quy định|quarter|2025-09-30||
94|VII-9.1|Báo cáo kết quả thực hiện lồng ghép trong báo cáo chuyển đổi số định kỳ theo quy định|year|2025-12-31||
95|VII-10.1|Kế hoạch|year|2025-12-31||
96|VII-10.2|Báo cáo kết quả triển khai|year|2025-12-31||
98|VIII-1.1|Kế hoạch của UBND tỉnh|quarter|2025-03-31|x|63/KH-UBND 2025-03-04
99|VIII-1.2|Báo cáo kết quả|rule|||
100|VIII-2.1|Báo cáo định kỳ theo quy định|continuous||x|571/BC-BQL 2025-06-19
101|VIII-2.2|Giấy chứng nhận đăng ký đầu tư đối với các Dự án đầu tư trong Khu công nghiệp|continuous||x|
102|VIII-3.1|Quyết định của UBND tỉnh|month|2025-12-31||
103|VIII-3.2|công văn|none|||
104|VIII-3.3|báo cáo kết quả theo quy định|recurring|||
105|VIII-4.1|Quyết định của UBND tỉnh|quarter|2025-03-31|x|19/KH-UBND 2025-01-20
106|VIII-4.2|Báo cáo kết quả theo quy định|none|||
107|VIII-5.1|Dự thảo Chỉ thị của Chủ tịch UBND tỉnh|month|2025-12-31|x|13/CT-UBND 2025-06-11
108|VIII-6.1|Dự thảo Quyết định của UBND tỉnh|month|2025-12-31||
109|VIII-7.1|Dự thảo Quyết định của UBND tỉnh|month|2025-12-31||
`
