"""Texts of our own for the tests of this room."""

FERRY = (
    "The harbour council of Port Elm voted on Tuesday to close the old ferry terminal and move its "
    "crews to the northern quay. Engineers had found cracks in 2 of 11 pillars, and the insurer "
    "refused to renew its cover. Mayor Ines Calder said the last boat would leave at the end of "
    "March. Fishermen protested outside the hall, waving nets, because the northern quay has no "
    "cold store and lies an hour from the market by road.\n\n"
    '"We were promised a new pier before anybody spoke of closing this one, and what we get is a '
    'fence, a car park and a brochure," said Tomas Oakley, who has sold his catch at the terminal '
    "since 1988. The council put the cost of repairs at 14.5 million crowns, more than twice what "
    "the port earns in a year. A study of the northern quay is due in the autumn. Until then a bus "
    "will carry passengers between the two sites, and the fuel for it will be paid by the region. "
    "Opposition members called the vote hasty and asked the auditor of the region, Lena Brandt, "
    "to look into the insurer's letter."
)
ORCHARD = (
    "Cider makers in the Marrow valley expect their poorest harvest in two decades after frost "
    "killed the blossom on three nights in April. The growers' union said that 6 orchards in 10 "
    "would not be picked at all. Bottlers have begun to buy apples abroad, which the rules of the "
    "valley's seal forbid, and the ministry let it be known that it would look the other way for "
    "one year.\n\n"
    "Agnes Pell, whose family presses apples at Nether Marrow, said she had lit fires between the "
    "rows and saved a third of the trees. Weather records kept at the abbey since 1911 show only "
    "two colder Aprils. Shops expect a bottle to cost 30 percent more by Christmas, and a chain of "
    "taverns has taken the drink off its list. The union wants a fund to which growers and the "
    "state would pay in equal parts, as hop farmers have had since their own bad year. A decision "
    "is not expected before the regional vote, and both candidates have spoken against new funds."
)
CONSENT = (
    "This site keeps small files on your device to remember what you like, to count its readers "
    "and to show advertising that pays for our work. You may accept all of them or choose which "
    "ones you allow; you may change your mind at any time at the foot of each page. Readers who "
    "subscribe see no advertising and may read five articles with a friend each month. By reading "
    "on you agree to the terms of use and to the notice on data, which tells you who receives "
    "your data, for how long it is kept and whom to write to if you want it gone. "
)
MARKET_ZH = (
    "海港議會週二投票決定關閉舊渡輪碼頭，並將船員遷往北岸碼頭。工程師在十一根支柱中的兩根發現裂縫，"
    "保險公司拒絕續保。市長表示最後一班渡輪將於三月底開出。漁民在會場外抗議，因為北岸沒有冷藏庫，"
    "而且離市場有一小時車程。議會估計維修費用為1450萬克朗，超過港口全年收入的兩倍。"
    "北岸碼頭的研究報告預計秋天完成，在此之前將有巴士接送兩地乘客，燃料費用由地區政府支付。"
)
